import { HTTPException } from 'hono/http-exception'
import { readJsonBody } from '../../sandbox'

/** The largest body that a route takes, and what to do about a larger one. */
export type BodyLimit = { bytes: number; advice: string }

/**
 * The Tracking API's limit for a request.
 *
 * Source: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#max-request-size
 */
export const TRACKING_LIMIT: BodyLimit = {
  bytes: 500 * 1024,
  advice: 'Send fewer events in a request. Segment refuses it as well.'
}

/** The limit for everything that is not events. It is enough for 100,000 products, the most of a catalogue, of 1 KB each. */
const SETUP_LIMIT: BodyLimit = { bytes: 100_000_000, advice: 'Send less.' }

/** A compressed body may become this much larger, or as large as `FREE_BYTES`. JSON of events becomes about 20 times larger. */
const MAX_INFLATION = 200
const FREE_BYTES = 1_000_000

const NOT_JSON = 'Send the body as JSON, as the SDKs do.'

/**
 * Reads a request as JSON, with any content type. Libraries in browsers send `text/plain`, because it needs no CORS
 * preflight.
 *
 * @param beforeParsing is called and awaited after the body is read and before it is parsed
 * @param limit the largest body. Default: the limit for everything that is not events
 * @throws HTTPException 400, 413 or 415 that says what to change
 */
export async function readInput(
  request: Request,
  beforeParsing?: () => Promise<void>,
  limit = SETUP_LIMIT
): Promise<unknown> {
  const { bytes, advice } = limitInflation(request, limit)
  const body = await readJsonBody(request, bytes, beforeParsing)
  if (body.ok) return body.json
  const more = { 400: NOT_JSON, 413: advice, 415: '' }[body.status]
  throw new HTTPException(body.status, { message: `${body.message}. ${more}`.trimEnd() })
}

/** Limits the memory that a small compressed body can take. */
function limitInflation(request: Request, limit: BodyLimit): BodyLimit {
  if (!request.headers.has('content-encoding')) return limit
  const length = Number(request.headers.get('content-length') ?? 0)
  const bytes = Math.max(FREE_BYTES, Math.ceil((length * MAX_INFLATION) / FREE_BYTES) * FREE_BYTES)
  return bytes < limit.bytes ? { bytes, advice: 'Send it without compression.' } : limit
}
