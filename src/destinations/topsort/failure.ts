import type { JSONLikeObject } from '@segment/actions-core'
import { APIError, InvalidAuthenticationError, PayloadValidationError, RetryableError } from '@segment/actions-core'
import type { ErrorBody } from './error-body'
import type { Reason, RequestReason } from './reasons'

/**
 * Why events are not delivered, and what that means for the rest of the call.
 * - `invalid`: the event cannot be converted, so no request was made
 * - `refused`: one of the events of the request may be the cause. Topsort stored none of them
 * - `rejected`: no event is the cause, and the same request will fail again
 * - `unauthorized`: Topsort does not accept the key, so no further request starts
 * - `paused`: Topsort is too busy or too slow, so no further request starts. Segment retries
 * - `unavailable`: the same request may succeed later. Segment retries
 */
export type Failure = {
  kind: 'invalid' | 'refused' | 'rejected' | 'unauthorized' | 'paused' | 'unavailable'
  /** The HTTP status for Segment, which decides whether Segment retries. */
  status: number
  /** What happened. It never contains the key. */
  reason: Reason
}

/** The failure of a request. */
export type RequestFailure = Failure & { reason: RequestReason }

/** Final statuses that are about the URL or the method, and not about an event. */
const REJECTED = [404, 405, 410, 501]

/**
 * Returns the failure for an answer with another status than 2xx.
 * @param feature The name of the feature that is off if the answer is 403 or 404
 * @param key Only its start is read
 */
export function toRefusal(
  status: number,
  { code: errCode, words: said, isTopsorts }: Omit<ErrorBody, 'record'>,
  key: string,
  feature?: string
): RequestFailure {
  const answer = { status, ...(errCode && { errCode }), said }
  if (feature && (status === 403 || status === 404)) {
    return { kind: 'rejected', status, reason: { code: 'feature_off', ...answer, feature } }
  }
  if (status === 401 || (status === 403 && isTopsorts)) {
    return toBadKey({ code: 'key_rejected', ...answer, hasKeyPrefix: hasKeyPrefix(key) })
  }
  if (isRetryable(status)) {
    const isPause = status === 408 || status === 429
    return { kind: isPause ? 'paused' : 'unavailable', status, reason: { code: 'topsort_unavailable', ...answer } }
  }
  if (status === 403) return { kind: 'refused', status, reason: { code: 'firewall_refused', ...answer } }
  // Redirects are not followed. Segment knows no result with their status.
  if (status < 400) return { kind: 'rejected', status: 400, reason: { code: 'request_refused', ...answer } }
  if (REJECTED.includes(status)) return { kind: 'rejected', status, reason: { code: 'request_refused', ...answer } }
  if (status < 500) return { kind: 'refused', status, reason: { code: 'topsort_refused', ...answer } }
  return { kind: 'unavailable', status: 503, reason: { code: 'topsort_unavailable', ...answer } }
}

/** Returns the failure for a key that a header cannot contain, so that no request can be made. */
export function toImpossibleKey(key: string): RequestFailure {
  return toBadKey({ code: 'key_malformed', hasKeyPrefix: hasKeyPrefix(key) })
}

/** The framework's error for a bad key always has the status 401, so a batch has it as well. */
function toBadKey(reason: Reason<'key_malformed' | 'key_rejected'>): RequestFailure {
  return { kind: 'unauthorized', status: 401, reason }
}

function hasKeyPrefix(key: string): boolean {
  return key.startsWith('TSE_')
}

/** Returns the failure for a request without a complete answer, from the error of the time-out or the connection. */
export function toNoAnswer(error: unknown): RequestFailure {
  const { code, type, name } = error as { code?: unknown; type?: unknown; name?: unknown }
  const cause = String(code ?? type ?? name)
  // Segment ended the request, before the answer or while its body was read.
  if (cause === 'REQUESTCLIENTERROR' || cause === 'aborted') {
    return { kind: 'paused', status: 408, reason: { code: 'request_aborted' } }
  }
  return /TIME-?D?-?OUT/i.test(cause)
    ? { kind: 'paused', status: 408, reason: { code: 'answer_timed_out' } }
    : { kind: 'unavailable', status: 503, reason: { code: 'connection_broken', cause } }
}

/** Returns the failure for a request that did not start, because an earlier one of the same call failed. */
export function toWithheld({ kind, status, reason }: RequestFailure): RequestFailure {
  if (kind === 'unauthorized') return { kind, status, reason }
  return { kind, status, reason: { code: 'request_withheld', after: reason.code, status } }
}

/**
 * Returns the framework's error for a failure. A single event fails with it.
 * @param body What the result of the event would contain in a batch. The error carries it for programs
 */
export function toError({ kind, status }: Failure, message: string, body: JSONLikeObject | string): Error {
  return Object.assign(createError(kind, status, message), { body })
}

function createError(kind: Failure['kind'], status: number, message: string): Error {
  if (kind === 'invalid') return new PayloadValidationError(message)
  if (kind === 'unauthorized') return new InvalidAuthenticationError(message)
  return isRetryable(status) ? new RetryableError(message, status) : new APIError(message, status)
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
