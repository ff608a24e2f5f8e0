import type { RequestClient } from '@segment/actions-core'
import { MINUTE } from '../../core'
import { isRetryable } from '../../destinations'
import { readBody } from '../../pipeline'
import type { Gate } from './gate'
import { readWait } from './rate-limit'
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
