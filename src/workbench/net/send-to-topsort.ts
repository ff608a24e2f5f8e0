import http from 'node:http'
import https from 'node:https'
import { text } from 'node:stream/consumers'
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
 * Posts events to Topsort itself, once. The default agent of the process leads to the sandbox, so this request has its own
 * agent.
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
    exchange.error = redactText((error as Error).message, key)
  }
  exchange.duration = Date.now() - started
  return exchange
}

async function post(url: string, key: string, body: string): Promise<NonNullable<Exchange['answer']>> {
  const isPlain = url.startsWith('http:')
  const agent = isPlain ? new http.Agent() : new https.Agent()
  try {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const request = (isPlain ? http : https).request(url, {
        method: 'POST',
        agent,
        signal: AbortSignal.timeout(TIMEOUT),
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body)
        }
      })
      request.on('response', resolve)
      request.on('error', reject)
      request.end(body)
    })
    return {
      status: response.statusCode ?? 0,
      headers: flatten(response.headers),
      body: parse(redactText(await text(response), key))
    }
  } finally {
    agent.destroy()
  }
}

function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]))
}

function parse(content: string): unknown {
  try {
    return content === '' ? '' : JSON.parse(content)
  } catch {
    return content
  }
}
