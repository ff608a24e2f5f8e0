import { APIError, InvalidAuthenticationError, RetryableError } from '@segment/actions-core'
import type { ErrorBody } from './error-body'

/**
 * Why events were not delivered.
 * - `invalid`: they cannot be sent; Topsort was not asked
 * - `refused`: Topsort answered and will answer the same again. Of a request with several events, it stored none
 * - `unauthorized`: the key is bad, for these events and all others
 * - `unavailable`: the same request may succeed later. Without an answer it is not known whether Topsort stored it
 */
export type Failure = {
  reason: 'invalid' | 'refused' | 'unauthorized' | 'unavailable'
  /** The status to tell Segment, which decides by it whether to try again. */
  status: number
  /** For people: what happened, and what to do. Never holds the key. */
  message: string
}

const REMEDY = 'Use the Marketplace API Key from Settings > API Integration in the Topsort Manager Platform.'

/** The failure that is in an answer of Topsort's other than a 2xx. */
export function refusal(status: number, { code, words }: ErrorBody, subject: string, key: string): Failure {
  if (status === 401 || status === 403) {
    return {
      reason: 'unauthorized',
      status,
      message: badKey(`Topsort did not accept the API key (${withStatus(status, code ?? words)}).`, key)
    }
  }
  if (status >= 400 && status < 500 && !isRetryable(status)) {
    return { reason: 'refused', status, message: `Topsort refused ${subject}: ${words || String(status)}` }
  }
  return {
    reason: 'unavailable',
    status: isRetryable(status) ? status : 503,
    message: `Topsort could not take ${subject}: ${withStatus(status, words)}. Segment will try again.`
  }
}

/** For the middle of a sentence: the status, unless the words begin with it, and the words without a full stop. */
function withStatus(status: number, words: string): string {
  const said = words.replace(/[.\s]+$/, '')
  return said.startsWith(String(status)) ? said : `${status} ${said}`.trim()
}

/** The failure of a request that cannot be made, because no header can carry such a key. */
export function impossibleKey(key: string): Failure {
  return {
    reason: 'unauthorized',
    status: 401,
    message: badKey('The API key is blank, or has characters that no key has.', key)
  }
}

function badKey(problem: string, key: string): string {
  return [problem, REMEDY, ...(key.startsWith('TSE_') ? [] : ['A Marketplace API Key starts with TSE_.'])].join(' ')
}

/** The failure of a request without a (whole) answer: a time-out or a broken connection. */
export function noAnswer(error: unknown, subject: string): Failure {
  const { code, type, name } = error as { code?: unknown; type?: unknown; name?: unknown }
  const cause = String(code ?? type ?? name)
  const timedOut = /TIME-?D?-?OUT/i.test(cause)
  const problem = timedOut ? 'Topsort did not answer in time' : `The connection to Topsort broke (${cause})`
  return {
    reason: 'unavailable',
    status: timedOut ? 408 : 503,
    message: `${problem}, so it is not known whether ${subject} arrived. Segment will try again.`
  }
}

/** The framework's error for a failure: how a single event reports it. */
export function toError({ reason, status, message }: Failure): Error {
  if (reason === 'unauthorized') return new InvalidAuthenticationError(message)
  return isRetryable(status) ? new RetryableError(message, status) : new APIError(message, status)
}

type RetryableStatus = NonNullable<ConstructorParameters<typeof RetryableError>[1]>

/** The statuses with which Segment tries an event again, as the framework's `RetryableError` lists them. */
const RETRYABLE: ReadonlySet<number> = new Set<RetryableStatus>([
  408, 423, 429, 500, 502, 503, 504, 505, 506, 507, 508, 509, 510, 511, 598, 599
])

/** Whether Segment tries an event again that failed with this status. */
export function isRetryable(status: number): status is RetryableStatus {
  return RETRYABLE.has(status)
}
