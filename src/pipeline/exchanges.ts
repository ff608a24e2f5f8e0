import { isDeepStrictEqual } from 'node:util'
import type { DestinationDefinition, RequestClient } from '@segment/actions-core'
import { wrapClient } from './wrap-client'

/** A request of the destination, and its answer. */
export type Exchange = {
  /** When the request started, ISO 8601. */
  at: string
  /** How long the answer took, in milliseconds. */
  duration: number
  request: {
    method: string
    url: string
    /** Headers that authorize the request are redacted. */
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

/**
 * Returns a destination whose requests are recorded when they start. The answer or the error is added later.
 *
 * @example
 * const exchanges: Exchange[] = []
 * const recorded = recordExchanges(topsort, (exchange) => exchanges.push(exchange))
 */
export function recordExchanges<Settings>(
  definition: DestinationDefinition<Settings>,
  record: (exchange: Exchange) => void
): DestinationDefinition<Settings> {
  return wrapClient(definition, (client) => recordRequests(client, record))
}

function recordRequests(request: RequestClient, record: (exchange: Exchange) => void): RequestClient {
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
        body: readBody(options)
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

/** Returns the body of a request: the value of JSON, or the text if it is not JSON. */
export function readBody({ json, body }: Pick<Options, 'json' | 'body'>): unknown {
  return json ?? (typeof body === 'string' ? parseBody(body) : (body ?? null))
}

/** Returns the body of a request, or a list of the bodies of several. Undefined if there was no request. */
export function readSent(responses: readonly { options: Pick<Options, 'json' | 'body'> }[]): unknown {
  const bodies = responses.map(({ options }) => readBody(options))
  return bodies.length > 1 ? bodies : bodies.at(0)
}

/**
 * Creates a function that finds the requests of a batch that contained a part of what was sent for an event. The ids in
 * the requests are read once for all events.
 *
 * @example
 * const findExchanges = createExchangeFinder(exchanges)
 * findExchanges({ clicks: [{ id: 'message-1' }] })
 */
export function createExchangeFinder(exchanges: readonly Exchange[]): (sent: unknown) => Exchange[] {
  const all = exchanges.map((exchange) => ({ exchange, ids: new Set(idsOf(exchange.request.body)) }))
  return (sent) => {
    const ids = idsOf(sent)
    const found = all.filter((each) =>
      ids.length > 0
        ? ids.some((id) => each.ids.has(id))
        : sent !== undefined && isDeepStrictEqual(each.exchange.request.body, sent)
    )
    return found.map(({ exchange }) => exchange)
  }
}

/** Returns the ids of the items in the lists of a body. */
function idsOf(body: unknown): unknown[] {
  if (typeof body !== 'object' || body === null) return []
  const items = Object.values(body).flatMap((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : []))
  return items.map((item) => (item as { id?: unknown } | null)?.id)
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
