import { clip, collect, decompress, type Encoding, ENCODINGS, encodingOf, TooLargeError } from '../core'

/**
 * The JSON of a request, or the reason why there is none. `message` has no final period, so that callers can add text.
 */
export type JsonBody = { ok: true; json: unknown } | { ok: false; status: 400 | 413 | 415; message: string }

/** The most compressions around each other. Each takes its own memory, and no client uses more than one or two. */
const MAX_ENCODINGS = 3

/** The supported compressions, in a sentence. British English has no comma before the last one. */
const ENCODING_NAMES = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(ENCODINGS)

/** The largest window of zstd over HTTP, in bytes. Source: RFC 9659 */
const MAX_WINDOW = 8 * 1024 * 1024

/**
 * Reads the body of a request as JSON, with any content type. Decompresses all supported compressions.
 *
 * Reads a body to its end even if it is too large, because most clients read the answer only after they have sent
 * everything. Never keeps more than `maxBytes` in memory, compressed or not.
 *
 * @param maxBytes the largest body, in bytes after decompression
 * @param beforeParsing runs after the body is read and before it is parsed. It can wait for memory, because parsed JSON
 *   takes several times the memory of its text
 */
export async function readJsonBody(
  request: Request,
  maxBytes: number,
  beforeParsing = (): Promise<void> => Promise.resolve()
): Promise<JsonBody> {
  const encodings = readEncodings(request)
  const unknown = encodings.find((encoding) => !isEncoding(encoding))
  if (!encodings.every(isEncoding) || encodings.length > MAX_ENCODINGS) {
    await request.body?.pipeTo(new WritableStream()).catch(() => undefined)
    const problem = unknown === undefined ? 'has too many compressions' : `"${clip(unknown, 40)}" is not supported`
    return {
      ok: false,
      status: 415,
      message: `The Content-Encoding ${problem}. Use ${ENCODING_NAMES}, or send the body as it is`
    }
  }

  const source = createSource(request)
  const bounds = { maxBytes, maxWindow: MAX_WINDOW }
  try {
    const chunks = encodings.reduce((inner, encoding) => decompress(inner, encoding, bounds), source.chunks)
    const bytes = await collect(chunks, maxBytes)
    await beforeParsing()
    return parseJson(bytes, encodings)
  } catch (error) {
    await source.drain()
    if (source.isBroken()) {
      return { ok: false, status: 400, message: 'The connection closed before the whole body arrived' }
    }
    if (error instanceof TooLargeError) return { ok: false, status: 413, message: describeLimit(maxBytes, encodings) }
    return { ok: false, status: 400, message: `The body is not valid ${encodings.join(', ')}` }
  }
}

/** Returns the compressions of the body, in the order in which they must be removed. */
function readEncodings(request: Request): string[] {
  return (request.headers.get('content-encoding') ?? '')
    .toLowerCase()
    .split(',')
    .map((encoding) => encoding.trim().replace(/^x-/, ''))
    .filter((encoding) => encoding !== '' && encoding !== 'identity')
    .reverse()
}

function isEncoding(name: string): name is Encoding {
  return (ENCODINGS as readonly string[]).includes(name)
}

/** The chunks of a request. `drain` reads the rest after an error. */
type Source = { chunks: AsyncIterable<Uint8Array>; drain: () => Promise<void>; isBroken: () => boolean }

function createSource(request: Request): Source {
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
    // The message of `JSON.parse` would quote the body.
    const hint =
      encodings.length === 0 && encodingOf(bytes) === 'gzip'
        ? '. It is gzip: add the header Content-Encoding: gzip'
        : ''
    return { ok: false, status: 400, message: `The body is not JSON in UTF-8${hint}` }
  }
}

function describeLimit(maxBytes: number, encodings: string[]): string {
  const limit = maxBytes % 1024 === 0 ? `${maxBytes / 1024} KB` : `${maxBytes / 1_000_000} MB`
  return `The body is larger than ${limit}${encodings.length > 0 ? ' after decompression' : ''}`
}
