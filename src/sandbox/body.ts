import { collect, TooLargeError } from './collect'
import { BODY_ENCODINGS, decompress } from './decompress'

/** The JSON of a request, or the reason why there is none. The message has no full stop, so that more can follow. */
export type JsonBody = { ok: true; json: unknown } | { ok: false; status: 400 | 413 | 415; message: string }

/** Of more compressions around each other than any client uses, each would take its own memory. */
const MAX_ENCODINGS = 3

/**
 * Reads a request as JSON, whatever its content type. Decompresses gzip, deflate, br and zstd.
 *
 * Reads even a body that is too large to its end, because clients that cannot finish sending do not read the answer.
 * Never keeps more of it than the limit, compressed or not.
 *
 * @param maxBytes the largest body, in bytes after decompression
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<JsonBody> {
  const encodings = encodingsOf(request)
  const unknown = encodings.find((encoding) => !BODY_ENCODINGS.has(encoding))
  if (unknown !== undefined || encodings.length > MAX_ENCODINGS) {
    await request.body?.pipeTo(new WritableStream()).catch(() => undefined)
    const problem = unknown === undefined ? 'has too many compressions' : `"${clip(unknown)}" is not supported`
    return {
      ok: false,
      status: 415,
      message: `The Content-Encoding ${problem}. Use gzip, deflate, br or zstd, or send the body as it is`
    }
  }

  const source = sourceOf(request)
  try {
    const chunks = encodings.reduce((inner, encoding) => decompress(inner, encoding, maxBytes), source.chunks)
    return parseJson(await collect(chunks, maxBytes), encodings)
  } catch (error) {
    await source.drain()
    if (source.isBroken()) {
      return { ok: false, status: 400, message: 'The connection closed before the whole body arrived' }
    }
    if (error instanceof TooLargeError) return { ok: false, status: 413, message: tooLarge(maxBytes, encodings) }
    return { ok: false, status: 400, message: `The body is not valid ${encodings.join(', ')}` }
  }
}

/** Returns the compressions of the body, the outermost first. */
function encodingsOf(request: Request): string[] {
  return (request.headers.get('content-encoding') ?? '')
    .toLowerCase()
    .split(',')
    .map((encoding) => encoding.trim().replace(/^x-/, ''))
    .filter((encoding) => encoding !== '' && encoding !== 'identity')
    .reverse()
}

/** The chunks of a request. They can be read to their end after their reader has given up. */
type Source = { chunks: AsyncIterable<Uint8Array>; drain: () => Promise<void>; isBroken: () => boolean }

function sourceOf(request: Request): Source {
  const reader = request.body?.getReader()
  let broken = false

  async function next(): Promise<Uint8Array | undefined> {
    try {
      return (await reader?.read())?.value
    } catch (error) {
      broken = true
      throw error
    }
  }

  return {
    chunks: {
      async *[Symbol.asyncIterator]() {
        for (let chunk = await next(); chunk; chunk = await next()) yield chunk
      }
    },
    async drain() {
      while (!broken && (await next().catch(() => undefined)));
    },
    isBroken: () => broken
  }
}

function parseJson(bytes: Buffer, encodings: string[]): JsonBody {
  try {
    return { ok: true, json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch {
    // The engine's own message would quote the body.
    const hint = encodings.length === 0 && isGzip(bytes) ? '. It is gzip: add the header Content-Encoding: gzip' : ''
    return { ok: false, status: 400, message: `The body is not JSON in UTF-8${hint}` }
  }
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

function tooLarge(maxBytes: number, encodings: string[]): string {
  const limit = maxBytes % 1024 === 0 ? `${maxBytes / 1024} KB` : `${maxBytes / 1_000_000} MB`
  return `The body is larger than ${limit}${encodings.length > 0 ? ' after decompression' : ''}`
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
