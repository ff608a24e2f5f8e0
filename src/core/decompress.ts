import { createBrotliDecompress, createInflate, createInflateRaw } from 'node:zlib'
import { createByteInput } from './byte-input'
import { collect, TooLargeError } from './collect'
import { gunzip, isGzip } from './gunzip'
import { DamageError, type Decompressor, inflate } from './inflate'

/** The compressions that are supported, by their names in HTTP. */
export const ENCODINGS = ['gzip', 'deflate', 'br', 'zstd'] as const

export type Encoding = (typeof ENCODINGS)[number]

/** Limits for the memory of a decompression. */
export type Bounds = {
  /** The most bytes, compressed or not, if all of them will be in memory. Default: a stream without end. */
  maxBytes?: number
  /** The largest window of zstd, in bytes. A decompressor needs as much memory as its window. Default: that of `zstd`. */
  maxWindow?: number
}

const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/** The default of the program `zstd`. Bytes. */
const MAX_WINDOW = 128 * 1024 * 1024

/** Larger chunks of output mean fewer turns of the event loop. */
const OPTIONS = { chunkSize: 256 * 1024 }

/** How many bytes show what follows compressed data. */
const SAMPLE_BYTES = 64

/** zstd is decompressed in pieces of this many bytes. JSON of events does not grow more than 64 MB from one piece. */
const ZSTD_PIECE = 16 * 1024
const MAX_OF_PIECE = 64 * 1024 * 1024

/**
 * Returns the compression of a file, by its first bytes.
 *
 * @param head at least the first 4 bytes, if there are as many
 * @returns undefined if it is not compressed, or if its compression has no signature
 */
export function encodingOf(head: Uint8Array): 'gzip' | 'zstd' | undefined {
  if (isGzip(head)) return 'gzip'
  const magic = head.length >= 4 ? Buffer.from(head.subarray(0, 4)).readUInt32LE() : 0
  const isSkippableFrame = magic >>> 4 === 0x184d2a5
  return isSkippableFrame || ZSTD_MAGIC.equals(head.subarray(0, 4)) ? 'zstd' : undefined
}

/**
 * Decompresses chunks as they come, also several files of gzip or zstd that were joined. Returns all that can be read of
 * damaged data before it throws. It stops when its reader stops, so the reader limits the output.
 *
 * @throws TooLargeError if zstd takes more memory than the bounds allow
 * @throws Error if the data is empty or damaged, ends too early, or is followed by something else. Zeros may follow gzip
 *
 * @example
 * for await (const chunk of decompress(createReadStream('events.jsonl.gz'), 'gzip')) read(chunk)
 */
export function decompress(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  bounds: Bounds = {}
): AsyncIterable<Uint8Array> {
  return encoding === 'zstd' ? unzstd(chunks, bounds) : unzip(chunks, encoding)
}

async function* unzip(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Exclude<Encoding, 'zstd'>
): AsyncGenerator<Uint8Array> {
  const input = createByteInput(chunks)
  try {
    const head = await input.peek(1)
    if (head.length === 0) throw new Error(`The ${encoding} data is empty.`)
    yield* encoding === 'gzip' ? gunzip(input, OPTIONS) : inflate(createDecompressor(encoding, head), input)
    const rest = await input.peek(SAMPLE_BYTES)
    if (rest.length > 0) throw new Error(describeRest(encoding, rest, input.position()))
  } catch (error) {
    throw error instanceof DamageError ? toDamage(encoding, error) : error
  } finally {
    await input.close()
  }
}

function createDecompressor(encoding: 'br' | 'deflate', head: Uint8Array): Decompressor {
  if (encoding === 'br') return createBrotliDecompress(OPTIONS)
  // `deflate` means the zlib format, which has a header. Some clients send raw deflate, and browsers accept that too.
  return (head[0] & 0x0f) === 8 ? createInflate(OPTIONS) : createInflateRaw(OPTIONS)
}

/** Says where compressed data ends and what follows it, without quoting it. */
function describeRest(encoding: Encoding, rest: Uint8Array, position: number): string {
  const what = isText(rest) ? 'Text that is not compressed' : encodingOf(rest) === 'zstd' ? 'zstd data' : 'Binary data'
  return `The ${encoding} data ends at byte ${position}. ${what} follows it.`
}

function isText(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.subarray(0, SAMPLE_BYTES)).toString('utf8')
  // The last character may be cut off.
  const whole = bytes.length > SAMPLE_BYTES ? text.slice(0, -1) : text
  // eslint-disable-next-line no-control-regex -- text does not have these control characters
  return !/[\x00-\x08\x0e-\x1f\ufffd]/.test(whole)
}

function toDamage(encoding: Encoding, { message }: Error): Error {
  const more = encoding === 'zstd' ? ', or something else follows it' : ''
  return new Error(`The ${encoding} data is damaged or cut off${more}: ${message.replace(/\.$/, '')}.`)
}

/** Node 20 has no zstd of its own. */
async function* unzstd(
  chunks: AsyncIterable<Uint8Array>,
  { maxBytes = Infinity, maxWindow = MAX_WINDOW }: Bounds
): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('./zstd-library')
  const maxOfPiece = Math.min(maxBytes, MAX_OF_PIECE)
  let output: Uint8Array[] = []
  let size = 0
  const decompressor = new Decompress((chunk) => {
    size += chunk.byteLength
    if (size > maxOfPiece) throw new TooLargeError('The zstd data expands more than event data does.')
    // The decompressor uses its buffer again.
    output.push(chunk.slice())
  })

  function* push(piece: Uint8Array, isLast = false): Generator<Uint8Array> {
    output = []
    size = 0
    let failure: Error | undefined
    try {
      decompressor.push(piece, isLast)
    } catch (error) {
      failure = error as Error
    }
    yield* output
    if (failure) throw failure instanceof TooLargeError ? failure : toDamage('zstd', failure)
  }

  // All frames can be checked only if all data is in memory. In a stream, only the first frame is checked.
  const isWhole = Number.isFinite(maxBytes)
  let isFirst = true
  for await (const chunk of isWhole ? [await collect(chunks, maxBytes)] : chunks) {
    if (isFirst) checkWindows(Buffer.from(chunk), isWhole, maxWindow)
    isFirst = false
    for (let start = 0; start < chunk.length; start += ZSTD_PIECE) {
      yield* push(chunk.subarray(start, start + ZSTD_PIECE))
    }
  }
  yield* push(new Uint8Array(0), true)
}

/** Checks the windows of all frames, or of the first one if `chunk` does not have all of the data. */
function checkWindows(chunk: Buffer, isWhole: boolean, maxWindow: number): void {
  const last = isWhole ? chunk.length : 0
  for (let at = chunk.indexOf(ZSTD_MAGIC); at !== -1 && at <= last; at = chunk.indexOf(ZSTD_MAGIC, at + 4)) {
    if (windowOf(chunk.subarray(at)) <= maxWindow) continue
    throw new Error(`The zstd data needs a window of over ${maxWindow / 1024 / 1024} MB.`)
  }
}

/** Returns the window of a frame, in bytes. Source: RFC 8878, section 3.1.1.1 */
function windowOf(frame: Buffer): number {
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
