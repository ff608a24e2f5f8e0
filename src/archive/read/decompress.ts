import { createGunzip } from 'node:zlib'
import { Decompress } from 'fzstd'

/** How a file is compressed, told by its first bytes. */
export type Compression = 'gzip' | 'zstd' | 'none'

const OUTPUT_BYTES = 256 * 1024

/** A zstd decompressor keeps as much memory as the window is large. `zstd` itself refuses more by default. */
const MAX_WINDOW = 128 * 1024 * 1024

/** A piece of zstd is decompressed in one go. What grows more than this holds no events. */
const ZSTD_PIECE = 16 * 1024
const MAX_OF_PIECE = 64 * 1024 * 1024

/** @param head at least the first 4 bytes of a file, if it has as many */
export function compressionOf(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  const magic = head.length >= 4 ? Buffer.from(head.subarray(0, 4)).readUInt32LE() : 0
  return magic === 0xfd2fb528 || magic >>> 4 === 0x184d2a5 ? 'zstd' : 'none'
}

/**
 * Decompresses chunks as they come, also several compressed files that were joined. Returns all that can be read of a
 * damaged file before it throws.
 *
 * @throws Error if the data is damaged or ends too early
 */
export function decompress(chunks: AsyncIterable<Uint8Array>, compression: Compression): AsyncIterable<Uint8Array> {
  if (compression === 'gzip') return gunzip(chunks)
  return compression === 'zstd' ? unzstd(chunks) : chunks
}

/**
 * A stream that fails drops what it has not handed over. So each chunk is read to its end before the next one is written,
 * and the end of the file is written last.
 */
async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: OUTPUT_BYTES })
  const state: { failure?: Error } = {}
  let wake = (): void => undefined
  stream.on('readable', () => {
    wake()
  })
  stream.on('error', (error) => {
    state.failure = error
    wake()
  })

  async function* run(write: (done: () => void) => void): AsyncGenerator<Uint8Array> {
    const written = { isDone: false }
    write(() => {
      written.isDone = true
      wake()
    })
    for (;;) {
      for (let output = read(stream); output; output = read(stream)) yield output
      if (written.isDone || state.failure) return
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }

  try {
    for await (const chunk of chunks) {
      yield* run((done) => stream.write(chunk, done))
      throwIf(state.failure)
    }
    yield* run((done) => stream.once('end', done).end())
    throwIf(state.failure)
  } finally {
    stream.destroy()
  }
}

function read(stream: NodeJS.ReadableStream): Uint8Array | null {
  return stream.read() as Uint8Array | null
}

function throwIf(failure: Error | undefined): void {
  if (failure) throw new Error(`The gzip data is damaged or cut off: ${failure.message}.`)
}

/** Node 20 has no zstd of its own. */
async function* unzstd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let output: Uint8Array[] = []
  let size = 0
  const stream = new Decompress((chunk) => {
    size += chunk.byteLength
    if (size > MAX_OF_PIECE) throw new Error('It expands more than event data does.')
    // The decompressor uses its buffer again.
    output.push(chunk.slice())
  })

  function push(piece: Uint8Array, isLast: boolean): { pieces: Uint8Array[]; failure?: Error } {
    output = []
    size = 0
    try {
      stream.push(piece, isLast)
      return { pieces: output }
    } catch (error) {
      return { pieces: output, failure: error as Error }
    }
  }

  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst && windowOf(chunk) > MAX_WINDOW) throw new Error('The zstd data needs a window of over 128 MB.')
    isFirst = false
    for (let start = 0; start < chunk.length; start += ZSTD_PIECE) {
      const { pieces, failure } = push(chunk.slice(start, start + ZSTD_PIECE), false)
      yield* pieces
      if (failure) throw toZstdError(failure)
    }
  }
  const { pieces, failure } = push(new Uint8Array(0), true)
  yield* pieces
  if (failure) throw toZstdError(failure)
}

function toZstdError({ message }: Error): Error {
  return new Error(`The zstd data is damaged or cut off: ${message.replace(/\.$/, '')}.`)
}

/** Reads how large a window the first frame asks for. Source: RFC 8878, section 3.1.1.1 */
function windowOf(frame: Uint8Array): number {
  if (frame.length < 6 || (frame[4] & 0x20) !== 0) return 0
  const base = 2 ** (10 + (frame[5] >> 3))
  return base + (base / 8) * (frame[5] & 7)
}
