/**
 * Reads the first bytes of a stream, and returns them with a stream that still has them.
 *
 * @param size how many bytes are wanted. A shorter stream gives fewer
 */
export async function readHead(
  chunks: AsyncIterable<Uint8Array>,
  size: number
): Promise<{ head: Uint8Array; chunks: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let bytes = 0
  let failure: { error: unknown } | undefined
  while (bytes < size) {
    // What came before a failure is still read, and the failure comes after it.
    const next = await iterator.next().catch((error: unknown) => {
      failure = { error }
      return { done: true, value: undefined } as const
    })
    if (next.done) break
    first.push(next.value)
    bytes += next.value.byteLength
  }

  async function* all(): AsyncGenerator<Uint8Array> {
    yield* first
    if (failure) throw failure.error
    yield* { [Symbol.asyncIterator]: () => iterator }
  }

  return { head: first.length === 1 ? first[0] : Buffer.concat(first), chunks: all() }
}

/** Returns the encoding of a text in UTF-16 by its byte order mark, or undefined if it has none. */
export function utf16Of([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/** Converts text in UTF-16 to UTF-8 as it comes, without the byte order mark. */
export async function* fromUtf16(
  chunks: AsyncIterable<Uint8Array>,
  encoding: 'utf-16le' | 'utf-16be'
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}
