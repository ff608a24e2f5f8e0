import { crc32, createInflateRaw, type Gunzip, gunzipSync, type ZlibOptions } from 'node:zlib'
import type { ByteInput } from './byte-input'
import { DamageError, inflate } from './inflate'

/** The first bytes of a gzip member. */
const MAGIC = [0x1f, 0x8b] as const

/** The only method of compression that gzip has. */
const DEFLATE = 8

/** The bits of a member's header that say which parts it has. Source: RFC 1952, section 2.3.1 */
const FLAGS = { headerChecksum: 2, extra: 4, name: 8, comment: 16 } as const

/** Data of at most this many bytes is decompressed at once, because a stream for it would take ten times as long. */
const SMALL = 64 * 1024
const MAX_FROM_SMALL = 4 * 1024 * 1024

const FIXED_HEADER_BYTES = 10
const TRAILER_BYTES = 8

/** Tells whether data starts as gzip does. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === MAGIC[0] && head[1] === MAGIC[1]
}

/**
 * Decompresses gzip data of one or more members. Zeros between and after them are padding. What follows them stays in the
 * input.
 *
 * `createGunzip` of Node drops good output if something else follows a member, and does not say where the member ends.
 *
 * @throws DamageError if the data is damaged, or ends too early
 */
export async function* gunzip(input: ByteInput, options: ZlibOptions): AsyncGenerator<Uint8Array> {
  const whole = unzipSmall(await input.peek(SMALL + 1))
  if (whole) {
    input.skip(whole.bytes)
    yield whole.output
    return
  }
  do {
    yield* readMember(input, options)
    await skipZeros(input)
  } while (isGzip(await input.peek(MAGIC.length)))
}

/** Decompresses all of the data if it is small and has nothing unusual. Returns undefined if it has. */
function unzipSmall(data: Uint8Array): { output: Uint8Array; bytes: number } | undefined {
  if (data.length > SMALL) return undefined
  try {
    const options = { info: true, maxOutputLength: MAX_FROM_SMALL } as const
    const { buffer, engine } = gunzipSync(data, options) as unknown as { buffer: Buffer; engine: Gunzip }
    return engine.bytesWritten === data.length ? { output: buffer, bytes: data.length } : undefined
  } catch {
    return undefined
  }
}

async function* readMember(input: ByteInput, options: ZlibOptions): AsyncGenerator<Uint8Array> {
  await skipHeader(input)
  let checksum = 0
  let size = 0
  for await (const chunk of inflate(createInflateRaw(options), input)) {
    checksum = crc32(chunk, checksum)
    size += chunk.length
    yield chunk
  }
  const trailer = await take(input, TRAILER_BYTES)
  if (trailer.readUInt32LE(0) !== checksum) throw new DamageError('incorrect data check')
  if (trailer.readUInt32LE(4) !== size % 2 ** 32) throw new DamageError('incorrect length check')
}

async function skipHeader(input: ByteInput): Promise<void> {
  const header = await take(input, FIXED_HEADER_BYTES)
  if (!isGzip(header)) throw new DamageError('incorrect header check')
  if (header[2] !== DEFLATE) throw new DamageError('unknown compression method')
  const has = (flag: number): boolean => (header[3] & flag) !== 0
  if (has(FLAGS.extra)) await take(input, (await take(input, 2)).readUInt16LE(0))
  if (has(FLAGS.name)) await skipText(input)
  if (has(FLAGS.comment)) await skipText(input)
  if (has(FLAGS.headerChecksum)) await take(input, 2)
}

/** Skips a text that ends with a zero. */
async function skipText(input: ByteInput): Promise<void> {
  while ((await take(input, 1))[0] !== 0);
}

async function skipZeros(input: ByteInput): Promise<void> {
  for (let bytes = await input.peek(1); bytes.length > 0; bytes = await input.peek(1)) {
    const end = bytes.findIndex((byte) => byte !== 0)
    input.skip(end === -1 ? bytes.length : end)
    if (end !== -1) return
  }
}

async function take(input: ByteInput, size: number): Promise<Buffer> {
  const bytes = await input.peek(size)
  if (bytes.length < size) throw new DamageError('unexpected end of file')
  input.skip(size)
  return Buffer.from(bytes.subarray(0, size))
}
