/** The bytes of a stream, which can be looked at before they are taken. */
export type ByteInput = ReturnType<typeof createByteInput>

/** Creates an input of chunks. It holds one chunk, or what was last looked at. */
export function createByteInput(chunks: AsyncIterable<Uint8Array>) {
  const iterator = chunks[Symbol.asyncIterator]()
  let rest: Uint8Array = new Uint8Array(0)
  let position = 0
  return {
    /** Returns the next bytes without taking them: at least `size`, or all that are left. */
    peek: async (size: number): Promise<Uint8Array> => {
      while (rest.length < size) {
        const next = await iterator.next()
        if (next.done) break
        rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value])
      }
      return rest
    },
    /** Takes this many of the bytes that `peek` returned. */
    skip: (size: number): void => {
      rest = rest.subarray(size)
      position += size
    },
    /** Returns how many bytes were taken. */
    position: () => position,
    /** Ends the stream early. */
    close: async (): Promise<void> => {
      await iterator.return?.()
    }
  }
}
