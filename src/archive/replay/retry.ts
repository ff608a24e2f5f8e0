import type { RequestClient } from '@segment/actions-core'
import { MINUTE } from '../../core'
import { isRetryable } from '../../destinations'
import { readBody } from '../../pipeline'
import type { Gate } from './gate'
import { StopError } from './stop'

export type RetryOptions = {
  /** The number of times that a request is sent before the replay stops. */
  tries: number
  /** The longest wait before the second try, in milliseconds. It doubles with each further try, up to a minute. */
  backOff: number
  /** Returns a number from 0 up to 1, as `Math.random` does. */
  random: () => number
  /** Is called when a request will be sent again, with the reason, such as `status 503`. */
  onRetry?: (reason: string) => void
}

const MAX_BACK_OFF = MINUTE

type Response = { status: number; headers: { get: (name: string) => string | null } }

/**
 * Creates a request client that sends each request through a gate, and repeats it until the answer is final. It waits with
 * exponential back-off and full jitter, and as long as Topsort's headers demand. The body stays the same, and so do the ids.
 *
 * It closes the gate and throws after too many tries, if Topsort does not accept the key, and if there is no API at the
 * address.
 */
export function createRetryingClient(
  gate: Gate,
  { tries, backOff, random, onRetry = () => undefined }: RetryOptions
): (client: RequestClient) => RequestClient {
  /** Closes the gate if the journal, which is written before a request, stops the replay. */
  function stop(error: unknown): never {
    if (error instanceof StopError) gate.close(error)
    throw error
  }

  async function send(client: RequestClient, url: string, options: Parameters<RequestClient>[1]): Promise<Response> {
    const events = countEvents(readBody(options ?? {}))
    for (let attempt = 1; ; attempt += 1) {
      const result = await gate.pass(events, () => tryOnce(client, url, options)).catch(stop)
      if (result.ok && isFinal(result.response.status)) {
        const stop = whyStop(url, result.response.status)
        if (stop) gate.close(stop)
        return result.response
      }
      const reason = result.ok ? `status ${result.response.status}` : result.reason
      const demanded = result.ok ? readWait(result.response.headers, Date.now()) : 0
      // Limits are for the address, so the requests after this one wait as well.
      if (demanded > 0) gate.pause(demanded)
      if (attempt >= tries) {
        gate.close(new StopError(`Topsort did not take a request in ${tries} tries. The last answer: ${reason}.`))
      } else {
        onRetry(reason)
      }
      await gate.wait(Math.max(demanded, random() * Math.min(MAX_BACK_OFF, backOff * 2 ** (attempt - 1))))
    }
  }

  return (client) =>
    ((url: string, options: Parameters<RequestClient>[1]) => send(client, url, options)) as unknown as RequestClient
}

type Result = { ok: true; response: Response } | { ok: false; reason: string }

async function tryOnce(client: RequestClient, url: string, options: Parameters<RequestClient>[1]): Promise<Result> {
  try {
    return { ok: true, response: (await client(url, { ...options })) as unknown as Response }
  } catch (error) {
    if (error instanceof StopError) throw error
    const { code, type, name } = error as { code?: unknown; type?: unknown; name?: unknown }
    return { ok: false, reason: `no answer (${String(code ?? type ?? name)})` }
  }
}

/** Tells whether the same request would get the same answer again. */
function isFinal(status: number): boolean {
  return (status >= 200 && status < 300) || (status >= 400 && status < 500 && !isRetryable(status))
}

function whyStop(url: string, status: number): StopError | undefined {
  if (status === 401) {
    return new StopError(
      'Topsort did not accept the API key (401). Set TOPSORT_API_KEY to the Marketplace API Key from Settings > API Integration in the Topsort Manager Platform.'
    )
  }
  // Linking users is a feature of its own, which may be off.
  if (url.endsWith('/link-users')) return undefined
  if (status === 403) {
    return new StopError(
      'Topsort refused the request (403). Either the API key may not report events, or something in front of Topsort, such as a firewall or a proxy, keeps this machine out. Use the Marketplace API Key, and check the network.'
    )
  }
  if ([404, 405, 410].includes(status)) {
    return new StopError(`There is no Events API at ${url} (${status}). Check for a proxy between here and Topsort.`)
  }
  return undefined
}

/** Counts the events in the body of a request. A pair of linked users counts as one. */
export function countEvents(body: unknown): number {
  const lists = Object.values(Object(body) as Record<string, unknown>).filter(Array.isArray)
  return lists.length === 0 ? 1 : lists.reduce((count, list) => count + list.length, 0)
}

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
