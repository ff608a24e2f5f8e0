import { MINUTE } from '../../core'

type Headers = { get: (name: string) => string | null }

/** The longest wait. A header that asks for more is taken to mean something else. */
const MAX_WAIT = 15 * MINUTE

/** Larger numbers are times in Unix seconds. As a wait in seconds, this would be a year. */
const FIRST_TIME = 31_536_000

/** Larger numbers are times in milliseconds. As Unix seconds, this would be the year 5138. */
const FIRST_MILLISECONDS = 1e11

/**
 * Reads how long a server asks to wait, from `Retry-After` and from `X-RateLimit-Reset` if nothing remains. Topsort does
 * not publish the unit of `X-RateLimit-Reset`, so both forms in use are read: the seconds that are left, and a time in
 * Unix seconds or milliseconds.
 *
 * @param now in epoch milliseconds
 * @returns milliseconds, at most 15 minutes. 0 if nothing is asked for
 */
export function readWait(headers: Headers, now: number): number {
  const remaining = headers.get('x-ratelimit-remaining')
  const reset = remaining === null || Number(remaining) === 0 ? readNumber(headers.get('x-ratelimit-reset'), now) : 0
  return Math.min(MAX_WAIT, Math.max(reset, readRetryAfter(headers.get('retry-after'), now)))
}

function readNumber(text: string | null, now: number): number {
  const value = text === null || text.trim() === '' ? NaN : Number(text)
  if (!Number.isFinite(value) || value <= 0) return 0
  if (value < FIRST_TIME) return value * 1_000
  return Math.max(0, (value < FIRST_MILLISECONDS ? value * 1_000 : value) - now)
}

/** Reads seconds or a date. Source: RFC 9110, section 10.2.3 */
function readRetryAfter(text: string | null, now: number): number {
  if (text === null) return 0
  const date = Date.parse(text)
  return /^\s*\d+(\.\d+)?\s*$/.test(text) || Number.isNaN(date) ? readNumber(text, now) : Math.max(0, date - now)
}
