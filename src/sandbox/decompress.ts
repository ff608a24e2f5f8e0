import { pipeline, Readable } from 'node:stream'
import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { Decompress } from 'fzstd'
import { collect, TooLargeError } from './collect'

/** The names of a `Content-Encoding` that `decompress` knows. */
export const BODY_ENCODINGS: ReadonlySet<string> = new Set(['gzip', 'deflate', 'br', 'zstd'])

/**
 * The largest window of zstd over HTTP. A decompressor keeps as much memory as the window is large.
 *
 * Source: RFC 9659
 */
const MAX_WINDOW = 8 * 1024 * 1024

const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/**
 * Decompresses chunks as they come. It stops when its reader stops, so the reader decides how much comes out.
 *
 * @param encoding one of `BODY_ENCODINGS`
 * @param maxBytes the most that the reader takes. Only zstd needs to know
 * @throws TooLargeError if zstd has more than that
 * @throws Error if the chunks are not in that encoding, or end too early
 */
export function decompress(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
  maxBytes: number
): AsyncIterable<Uint8Array> {
  switch (encoding) {
    case 'gzip':
      return throughZlib(chunks, () => createGunzip())
    case 'br':
      return throughZlib(chunks, () => createBrotliDecompress())
    case 'deflate':
      return throughZlib(chunks, (first) => (hasZlibHeader(first) ? createInflate() : createInflateRaw()))
    default:
      return throughZstd(chunks, maxBytes)
  }
}

async function* throughZlib(
  chunks: AsyncIterable<Uint8Array>,
  create: (first: Uint8Array) => Transform
): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done) throw new Error('There is nothing to decompress.')
  const transform = create(first.value)
  // The errors of the pipeline arrive at the loop, too.
  pipeline(Readable.from(after(first.value, iterator), { objectMode: false }), transform, () => undefined)
  yield* transform as AsyncIterable<Uint8Array>
}

async function* after(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let chunk = first; ;) {
    yield chunk
    const next = await rest.next()
    if (next.done) return
    chunk = next.value
  }
}

/** By its name, `deflate` has the header of zlib. Some clients send it without, which browsers accept. */
function hasZlibHeader([first]: Uint8Array): boolean {
  return (first & 0x0f) === 8
}

/** Node 20 has no zstd. This decompressor runs in one go, so its input is bounded, too. */
async function* throughZstd(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  const input = await collect(chunks, maxBytes)
  for (let at = input.indexOf(ZSTD_MAGIC); at !== -1; at = input.indexOf(ZSTD_MAGIC, at + 4)) {
    if (windowSize(input.subarray(at)) > MAX_WINDOW) throw new Error('The window is too large.')
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

/** Reads how large a window a frame asks for. Source: RFC 8878, section 3.1.1.1 */
function windowSize(frame: Buffer): number {
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
