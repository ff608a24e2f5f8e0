import { HTTPException } from 'hono/http-exception'
import { readJsonBody } from '../../sandbox'

/**
 * The Tracking API's limit for a request, in bytes.
 *
 * Source: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#max-request-size
 */
const MAX_BYTES = 500 * 1024

const ADVICE: Partial<Record<number, string>> = {
  400: 'Send the body as JSON, as the SDKs do.',
  413: 'Send fewer events in a request. Segment refuses it as well.'
}

/**
 * Reads a request as JSON, with any content type. Libraries in browsers send `text/plain`, because it needs no CORS
 * preflight.
 *
 * @param beforeParsing is called and awaited after the body is read and before it is parsed
 * @param maxBytes the largest body. Default: the limit of the Tracking API
 * @throws HTTPException 400, 413 or 415 that says what to change
 */
export async function readInput(
  request: Request,
  beforeParsing?: () => Promise<void>,
  maxBytes = MAX_BYTES
): Promise<unknown> {
  const body = await readJsonBody(request, maxBytes, beforeParsing)
  if (body.ok) return body.json
  const message = [`${body.message}.`, ADVICE[body.status]].filter(Boolean).join(' ')
  throw new HTTPException(body.status, { message })
}
