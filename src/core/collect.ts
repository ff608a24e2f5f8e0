/** Thrown if there are more bytes than allowed. */
export class TooLargeError extends Error {}

/**
 * Joins chunks to one buffer. Stops as soon as they are too large.
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
