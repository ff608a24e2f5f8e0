import { EVENTS_URL } from '../../destinations'
import type { Exchange } from '../../pipeline'
import { redactText } from './redact-answers'

/** The access to Topsort itself. */
export type TopsortAccess = {
  /** A Marketplace API key. Events that are sent with it are billed. */
  key: string
  /** The URL of the API. Only tests change it. */
  url?: string
}

/** Segment waits for the same time. Milliseconds. */
const TIMEOUT = 10_000

/**
 * Posts events to Topsort itself, once. The default agent of the process leads to the sandbox. `fetch` does not use it.
 *
 * @returns the request and the answer, with the key redacted. Never rejects. If there is no answer, it has an `error`
 */
export async function sendToTopsort({ key, url = EVENTS_URL }: TopsortAccess, body: unknown): Promise<Exchange> {
  const started = Date.now()
  const headers = { authorization: 'Bearer [redacted]', 'content-type': 'application/json' }
  const exchange: Exchange = {
    at: new Date(started).toISOString(),
    duration: 0,
    request: { method: 'POST', url, headers, body }
  }
  try {
    exchange.answer = await post(url, key, JSON.stringify(body))
  } catch (error) {
    exchange.error = redactText(reasonOf(error as Error), key)
  }
  exchange.duration = Date.now() - started
  return exchange
}

async function post(url: string, key: string, body: string): Promise<NonNullable<Exchange['answer']>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT)
  })
  const answer = parse(redactText(await response.text(), key))
  return { status: response.status, headers: Object.fromEntries(response.headers), body: answer }
}

/** `fetch` says only that it failed. The cause says why. */
function reasonOf({ message, cause }: Error): string {
  return (cause as Partial<Error> | undefined)?.message || message
}

function parse(content: string): unknown {
  try {
    return content === '' ? '' : JSON.parse(content)
  } catch {
    return content
  }
}
