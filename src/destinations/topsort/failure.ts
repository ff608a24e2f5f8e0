import { APIError, InvalidAuthenticationError, PayloadValidationError, RetryableError } from '@segment/actions-core'
import type { ErrorBody } from './error-body'

/**
 * The reason why events are not delivered.
 * - `invalid`: the events cannot be converted, so no request was made
 * - `refused`: one of the events may be the cause. Topsort stored none of them
 * - `rejected`: no event is the cause, and the same request will fail again
 * - `unauthorized`: Topsort does not accept the key, so all requests will fail
 * - `unavailable`: the same request may succeed later. Without an answer, nobody knows whether the events are stored
 */
export type Failure = {
  reason: 'invalid' | 'refused' | 'rejected' | 'unauthorized' | 'unavailable'
  /** The HTTP status for Segment, which decides whether Segment retries. */
  status: number
  /** What happened and what to do, for people. It never contains the key. */
  message: string
}

const KEY_REMEDY = 'Use the Marketplace API Key from Settings > API Integration in the Topsort Manager Platform.'

/** Final statuses that are about the URL or the method, and not about an event. */
const REJECTED = [404, 405, 410]

/**
 * Returns the failure for an answer with another status than 2xx.
 * @param subject The name of the events in messages, such as `this click`
 * @param key Only its start is checked, for a hint. The message does not contain it
 */
export function toRefusal(
  status: number,
  { code, words, isTopsorts }: ErrorBody,
  subject: string,
  key: string
): Failure {
  if (status === 401 || (status === 403 && isTopsorts)) {
    return toBadKey(status, `Topsort did not accept the API key (${withStatus(status, code ?? words)}).`, key)
  }
  if (status === 403) {
    const answer = withStatus(status, words)
    const message = `Something other than Topsort's API refused ${subject} (${answer}), such as a firewall in front of it. If it goes on, send this message to Topsort's support.`
    return { reason: 'refused', status, message }
  }
  if (status >= 400 && status < 500 && !isRetryable(status)) {
    const message = `Topsort refused ${subject}: ${words || String(status)}`
    return { reason: REJECTED.includes(status) ? 'rejected' : 'refused', status, message }
  }
  return {
    reason: 'unavailable',
    status: isRetryable(status) ? status : 503,
    message: `Topsort could not take ${subject}: ${withStatus(status, words)}. Segment tries again.`
  }
}

/** Returns the failure of a request for a feature that is off. */
export function toMissingFeature(status: number, words: string, subject: string, remedy: string): Failure {
  return {
    reason: 'rejected',
    status,
    message: `Topsort refused ${subject} (${withStatus(status, words)}). ${remedy}`
  }
}

/** Returns the failure for a key that a header cannot contain, so that no request can be made. */
export function toImpossibleKey(key: string): Failure {
  return toBadKey(401, 'The API key is empty or contains characters that are not allowed.', key)
}

function toBadKey(status: number, problem: string, key: string): Failure {
  const hint = key.startsWith('TSE_') ? '' : ' A Marketplace API Key starts with TSE_.'
  return { reason: 'unauthorized', status, message: `${problem} ${KEY_REMEDY}${hint}` }
}

/** Returns the failure for a request without a complete answer, from the error of the time-out or the connection. */
export function toNoAnswer(error: unknown, subject: string): Failure {
  const { code, type, name } = error as { code?: unknown; type?: unknown; name?: unknown }
  const cause = String(code ?? type ?? name)
  const timedOut = /TIME-?D?-?OUT/i.test(cause)
  const problem = timedOut ? 'Topsort did not answer in time' : `The connection to Topsort broke (${cause})`
  return {
    reason: 'unavailable',
    status: timedOut ? 408 : 503,
    message: `${problem}, so it is not known whether ${subject} arrived. Segment tries again.`
  }
}

/** Returns the framework's error for a failure. A single event fails with it. */
export function toError({ reason, status, message }: Failure): Error {
  if (reason === 'invalid') return new PayloadValidationError(message)
  if (reason === 'unauthorized') return new InvalidAuthenticationError(message)
  return isRetryable(status) ? new RetryableError(message, status) : new APIError(message, status)
}

/** Joins a status and words for use inside a sentence: without a final period, and with the status only once. */
function withStatus(status: number, words: string): string {
  const said = words.replace(/[.\s]+$/, '')
  return said.startsWith(String(status)) ? said : `${status} ${said}`.trim()
}

type RetryableStatus = NonNullable<ConstructorParameters<typeof RetryableError>[1]>

/** The statuses after which Segment retries an event. Source: the type of the framework's `RetryableError`. */
const RETRYABLE: ReadonlySet<number> = new Set<RetryableStatus>([
  408, 423, 429, 500, 502, 503, 504, 505, 506, 507, 508, 509, 510, 511, 598, 599
])

/** Returns whether Segment retries an event that failed with this status. */
export function isRetryable(status: number): status is RetryableStatus {
  return RETRYABLE.has(status)
}
