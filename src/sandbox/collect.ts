/** More bytes than their reader takes. */
export class TooLargeError extends Error {}

/**
 * Joins chunks, and stops at the one that is too many.
 *
 * @throws TooLargeError if there are more than `maxBytes`
 */
export async function collect(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const kept: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.byteLength
    if (size > maxBytes) throw new TooLargeError()
    kept.push(chunk)
  }
  return Buffer.concat(kept)
}
