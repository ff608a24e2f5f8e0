import { pipeline, Readable } from 'node:stream'
import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { Decompress } from 'fzstd'
import { collect, TooLargeError } from './collect'

/** The values of `Content-Encoding` that `decompress` supports. */
export const BODY_ENCODINGS: ReadonlySet<string> = new Set(['gzip', 'deflate', 'br', 'zstd'])

/**
 * The largest window of zstd over HTTP, in bytes. A decompressor needs as much memory as its window.
 *
 * Source: RFC 9659
 */
const MAX_WINDOW = 8 * 1024 * 1024

const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/**
 * Decompresses chunks as they arrive. It stops when its reader stops, so the reader limits the output.
 *
 * @param encoding one of `BODY_ENCODINGS`
 * @param maxBytes the largest output. Only zstd uses it
 * @throws TooLargeError if zstd has a larger input or output
 * @throws Error if the chunks do not have that encoding, or end too early
 */
export function decompress(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
  maxBytes: number
): AsyncIterable<Uint8Array> {
  switch (encoding) {
    case 'gzip':
      return decompressZlib(chunks, () => createGunzip())
    case 'br':
      return decompressZlib(chunks, () => createBrotliDecompress())
    case 'deflate':
      return decompressZlib(chunks, (first) => (hasZlibHeader(first) ? createInflate() : createInflateRaw()))
    default:
      return decompressZstd(chunks, maxBytes)
  }
}

async function* decompressZlib(
  chunks: AsyncIterable<Uint8Array>,
  create: (first: Uint8Array) => Transform
): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done) throw new Error('The compressed body is empty.')
  const transform = create(first.value)
  // Errors of the pipeline also reach the reader of `transform`, so the callback ignores them.
  pipeline(Readable.from(prepend(first.value, iterator), { objectMode: false }), transform, () => undefined)
  yield* transform as AsyncIterable<Uint8Array>
}

async function* prepend(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let chunk = first; ;) {
    yield chunk
    const next = await rest.next()
    if (next.done) return
    chunk = next.value
  }
}

/** `deflate` means the zlib format, which has a header. Some clients send raw deflate, and browsers accept that too. */
function hasZlibHeader([first]: Uint8Array): boolean {
  return (first & 0x0f) === 8
}

/**
 * Decompresses zstd with a library, because Node 20 has none. The library needs all of the input, so that is limited
 * too.
 */
async function* decompressZstd(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  const input = await collect(chunks, maxBytes)
  for (let at = input.indexOf(ZSTD_MAGIC); at !== -1; at = input.indexOf(ZSTD_MAGIC, at + 4)) {
    if (readWindowSize(input.subarray(at)) > MAX_WINDOW) throw new Error('The zstd window is larger than 8 MB.')
  }
  const output: Uint8Array[] = []
  let size = 0
  const decompressor = new Decompress((chunk) => {
    size += chunk.byteLength
    if (size > maxBytes) throw new TooLargeError()
    output.push(chunk)
  })
  decompressor.push(input, true)
  yield* output
}

/** Returns the window size of a frame, in bytes. Source: RFC 8878, section 3.1.1.1 */
function readWindowSize(frame: Buffer): number {
  const descriptor = frame[4]
  const isSingleSegment = (descriptor & 0x20) !== 0
  if (!isSingleSegment) {
    const base = 2 ** (10 + (frame[5] >> 3))
    return base + (base / 8) * (frame[5] & 7)
  }
  const start = 5 + [0, 1, 2, 4][descriptor & 3]
  const bytes = [1, 2, 4, 8][descriptor >> 6]
  const field = frame.subarray(start, start + bytes)
  return field.reduce((sum, byte, index) => sum + byte * 256 ** index, bytes === 2 ? 256 : 0)
}
