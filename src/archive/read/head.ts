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
