import { HTTPException } from 'hono/http-exception'
import { InputError } from '../pipeline'

/**
 * The Tracking API's limit for a request, in bytes.
 *
 * Source: https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/#max-request-size
 */
const MAX_BYTES = 500 * 1024

/**
 * Reads a request as JSON whatever its content type: libraries in browsers send `text/plain`, which spares them a preflight.
 *
 * @throws HTTPException 413 when the body is too large, and 400 when the client goes away before its end
 * @throws InputError when the body is no JSON in UTF-8
 */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new InputError(`The body is not JSON in UTF-8: ${(error as Error).message}`, { cause: error })
  }
}

/** Reads to the end even what is too large, so that the client hears the answer, but keeps no more than the limit. */
async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength
      if (size <= MAX_BYTES) chunks.push(chunk)
    }
  } catch (error) {
    throw new HTTPException(400, { message: 'The connection broke before the body ended.', cause: error })
  }
  if (size > MAX_BYTES) throw new HTTPException(413, { message: `The body is larger than ${MAX_BYTES / 1024} KB.` })
  return Buffer.concat(chunks)
}
