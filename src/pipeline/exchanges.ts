import { isDeepStrictEqual } from 'node:util'
import type { RequestClient } from '@segment/actions-core'

/** A request of the destination, and the answer. */
export type Exchange = {
  /** When the request started, ISO 8601. */
  at: string
  /** How long the answer took, in milliseconds. */
  duration: number
  request: {
    method: string
    url: string
    /** What authorizes the request is redacted. */
    headers: Record<string, string>
    /** The JSON that was sent. */
    body: unknown
  }
  /** Absent if there was no answer. */
  answer?: { status: number; headers: Record<string, string>; body: unknown }
  /** Why there was no answer. */
  error?: string
}

const REDACTED = '[redacted]'

const AUTHORIZES = /^(authorization|proxy-authorization|cookie|x-api-key)$/i

type Options = NonNullable<Parameters<RequestClient>[1]>

/** Wraps a request client, so that each request can be seen, whether or not it is answered. */
export function recordRequests(request: RequestClient, record: (exchange: Exchange) => void): RequestClient {
  return async <Data>(url: string, options: Options = {}) => {
    const started = Date.now()
    const exchange: Exchange = {
      at: new Date(started).toISOString(),
      duration: 0,
      request: {
        method: (options.method ?? 'get').toUpperCase(),
        url,
        headers: {
          ...redactHeaders(Object.entries(options.headers ?? {})),
          ...(options.json !== undefined && { 'content-type': 'application/json' })
        },
        body: options.json ?? options.body ?? null
      }
    }
    record(exchange)
    try {
      const response = await request<Data>(url, options)
      exchange.answer = toAnswer(response)
      return response
    } catch (error) {
      const { response, message } = error as Error & { response?: Parameters<typeof toAnswer>[0] }
      if (response) exchange.answer = toAnswer(response)
      else exchange.error = message
      throw error
    } finally {
      exchange.duration = Date.now() - started
    }
  }
}

/**
 * Tells whether a request of a batch was about an event: whether it sent a part of what was sent for the event.
 *
 * @param sent what was sent for the event, such as `{clicks: [{…}]}`. It has the same objects as the bodies of the requests
 */
export function isAbout({ request }: Exchange, sent: unknown): boolean {
  const parts = new Set(partsOf(sent))
  return parts.size > 0
    ? partsOf(request.body).some((part) => parts.has(part))
    : sent !== undefined && isDeepStrictEqual(request.body, sent)
}

/** Returns the items of the lists in a body. */
function partsOf(body: unknown): unknown[] {
  if (typeof body !== 'object' || body === null) return []
  return Object.values(body).flatMap((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : []))
}

function toAnswer({
  status,
  headers,
  content
}: {
  status: number
  headers: Iterable<[string, string]>
  content: string
}): Exchange['answer'] {
  return { status, headers: redactHeaders([...headers]), body: parseBody(content) }
}

function parseBody(content: string): unknown {
  try {
    return content === '' ? '' : JSON.parse(content)
  } catch {
    return content
  }
}

function redactHeaders(headers: [string, string][]): Record<string, string> {
  return Object.fromEntries(
    headers.map(([name, value]) => [
      name,
      AUTHORIZES.test(name) ? value.replace(/^(Bearer |Basic )?.*$/s, `$1${REDACTED}`) : value
    ])
  )
}
