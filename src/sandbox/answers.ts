import { STATUS_CODES } from 'node:http'
import type { Misfit } from './validation'

/** Why a request is refused, as in Topsort's error body. Clients read `errCode`, people read `message`. */
export type Refusal = { errCode: string; message: string }

/** A refusal and its HTTP status. */
export type ErrorAnswer = Refusal & { status: number }

const DOC_URL = 'https://api.docs.topsort.com/reference/errors'

// Topsort lists no code for 404, 405 and 413. These codes are ours.
const ERR_CODES: Partial<Record<number, string>> = {
  401: 'invalid_api_key',
  403: 'invalid_api_key',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'request_too_large',
  429: 'rate_limited'
}

// Topsort publishes the names of its rate-limit headers, but no numbers.
const HEADERS: Partial<Record<number, Record<string, string>>> = {
  405: { Allow: 'POST' },
  429: { 'X-RateLimit-Limit': '100', 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': '1' }
}

/** Returns an error answer. Adds the usual code and message of the status if `refusal` has none. */
export function toErrorAnswer(status: number, refusal: Partial<Refusal> = {}): ErrorAnswer {
  const {
    errCode = ERR_CODES[status] ?? (status < 500 ? 'bad_request' : 'internal_server_error'),
    message = STATUS_CODES[status] ?? `Status ${status}`
  } = refusal
  return { status, errCode, message }
}

/** Converts an error answer to a response with Topsort's body, `{errCode, message, docUrl}`. */
export function toErrorResponse({ status, errCode, message }: ErrorAnswer): Response {
  return Response.json({ errCode, message, docUrl: DOC_URL }, { status, headers: HEADERS[status] })
}

/** Returns the error answer to a request that does not fit the contract. */
export function refuseMisfit({ status = 400, ...refusal }: Misfit): ErrorAnswer {
  return toErrorAnswer(status, refusal)
}
