import { APIError, InvalidAuthenticationError, PayloadValidationError, RetryableError } from '@segment/actions-core'
import type { ErrorBody } from './error-body'

/**
 * Why events are not delivered.
 * - `invalid`: they cannot be sent, so Topsort was not asked
 * - `refused`: one of the events may be the cause. Topsort stored none of the request
 * - `rejected`: no event is the cause, and the same request will fail again
 * - `unauthorized`: Topsort does not accept the key, for these events and all others
 * - `unavailable`: the same request may succeed later. Without an answer it is unknown whether Topsort stored it
 */
export type Failure = {
  reason: 'invalid' | 'refused' | 'rejected' | 'unauthorized' | 'unavailable'
  /** The HTTP status to give to Segment, which decides by it whether to try again. */
  status: number
  /** What happened and what to do, for people. It never has the key. */
  message: string
}

const KEY_REMEDY = 'Use the Marketplace API Key from Settings > API Integration in the Topsort Manager Platform.'

/** The final statuses that say something about the address or the method, and nothing about an event. */
const REJECTED = [404, 405, 410]

/**
 * Returns the failure that an answer other than a 2xx stands for.
 * @param subject What messages call the events, such as `this click`
 * @param key Only to say how a key starts. It is not part of the message
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
    const said = withStatus(status, words)
    const message = `Something other than Topsort's API refused ${subject} (${said}), such as a firewall in front of it. If it goes on, send this message to Topsort's support.`
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

/** Returns the failure of a request that cannot be made, because a header cannot have such a key. */
export function toImpossibleKey(key: string): Failure {
  return toBadKey(401, 'The API key is empty or contains characters that are not allowed.', key)
}

function toBadKey(status: number, problem: string, key: string): Failure {
  const hint = key.startsWith('TSE_') ? '' : ' A Marketplace API Key starts with TSE_.'
  return { reason: 'unauthorized', status, message: `${problem} ${KEY_REMEDY}${hint}` }
}

/** Returns the failure of a request without a whole answer, from the error of the time-out or the broken connection. */
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

/** Returns the framework's error for a failure, which is how a single event reports it. */
export function toError({ reason, status, message }: Failure): Error {
  if (reason === 'invalid') return new PayloadValidationError(message)
  if (reason === 'unauthorized') return new InvalidAuthenticationError(message)
  return isRetryable(status) ? new RetryableError(message, status) : new APIError(message, status)
}

/** Writes a status and words for the middle of a sentence, without a full stop and with the status only once. */
function withStatus(status: number, words: string): string {
  const said = words.replace(/[.\s]+$/, '')
  return said.startsWith(String(status)) ? said : `${status} ${said}`.trim()
}

type RetryableStatus = NonNullable<ConstructorParameters<typeof RetryableError>[1]>

/** The statuses after which Segment tries an event again, as the framework's `RetryableError` lists them. */
const RETRYABLE: ReadonlySet<number> = new Set<RetryableStatus>([
  408, 423, 429, 500, 502, 503, 504, 505, 506, 507, 508, 509, 510, 511, 598, 599
])

/** Whether Segment tries an event again that failed with this status. */
export function isRetryable(status: number): status is RetryableStatus {
  return RETRYABLE.has(status)
}
