import { errorAnswer, type ErrorAnswer } from './answers'

/** The JSON of a request, or the reason why there is none. */
export type Body = { json: unknown; error?: undefined } | { json?: undefined; error: ErrorAnswer }

/** Ours: Topsort publishes no limit, but answers 413 when there is one. 200 real events are well below 1 MB. */
const MAX_BYTES = 10_000_000

/**
 * Reads a request to its end, so that the client can hear the answer, and keeps no more of it than the limit.
 *
 * @throws When the client goes away before the end.
 */
export async function readJson(request: Request): Promise<Body> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size <= MAX_BYTES) chunks.push(chunk)
  }
  if (size > MAX_BYTES) return { error: errorAnswer(413, { message: 'The body is larger than 10 MB' }) }
  return parseJson(Buffer.concat(chunks))
}

function parseJson(bytes: Uint8Array): Body {
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) }
  } catch {
    // The engine's own message would quote the body.
    return { error: errorAnswer(400, { errCode: 'invalid_json', message: 'The body is not JSON in UTF-8' }) }
  }
}
