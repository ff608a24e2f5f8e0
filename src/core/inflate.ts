import type { BrotliDecompress, Inflate, InflateRaw } from 'node:zlib'
import type { ByteInput } from './byte-input'

/** A decompressor of `node:zlib`. It ends where its data ends, and says how many bytes that was. */
export type Decompressor = BrotliDecompress | Inflate | InflateRaw

/** Compressed data is damaged, or ends too early. The message is that of `node:zlib`. */
export class DamageError extends Error {}

/**
 * How many bytes are decompressed in one go. A decompressor that finds damage drops the output of the bytes that it has
 * just got, so a larger piece would lose more text.
 */
const PIECE = 16 * 1024

/**
 * Decompresses up to the end of the compressed data, and leaves what follows in the input. Returns all that can be read
 * before it throws. It stops when its reader stops, so the reader limits the output.
 *
 * @throws DamageError if the data is damaged, or ends too early
 */
export async function* inflate(stream: Decompressor, input: ByteInput): AsyncGenerator<Uint8Array> {
  const runner = createRunner(stream)
  try {
    for (;;) {
      const piece = (await input.peek(1)).subarray(0, PIECE)
      if (piece.length === 0) break
      const before = stream.bytesWritten
      yield* runner.write(piece)
      const used = stream.bytesWritten - before
      input.skip(used)
      // The data has ended before the end of the piece.
      if (used < piece.length) return
    }
    yield* runner.end()
  } finally {
    stream.destroy()
  }
}

/** Reads the output of each write before the next one, because a stream that fails drops what it has not handed over. */
function createRunner(stream: Decompressor) {
  const state: { error?: DamageError } = {}
  let wake = (): void => undefined
  const wakeUp = (): void => {
    wake()
  }
  stream.on('readable', wakeUp)
  stream.on('end', wakeUp)
  stream.on('error', (error) => {
    state.error = new DamageError(error.message)
    wakeUp()
  })

  async function* readUntil(isDone: () => boolean): AsyncGenerator<Uint8Array> {
    for (;;) {
      for (let output = readNow(stream); output; output = readNow(stream)) yield output
      const { error } = state
      if (error) throw error
      if (stream.readableEnded || isDone()) return
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }

  return {
    write(piece: Uint8Array): AsyncGenerator<Uint8Array> {
      let isWritten = false
      stream.write(piece, () => {
        isWritten = true
        wakeUp()
      })
      return readUntil(() => isWritten)
    },
    end(): AsyncGenerator<Uint8Array> {
      stream.end()
      return readUntil(() => false)
    }
  }
}

function readNow(stream: Decompressor): Uint8Array | null {
  return stream.read() as Uint8Array | null
}
