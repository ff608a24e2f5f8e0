import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { errorAnswer, type ErrorAnswer, errorResponse, type Refusal } from './answers'
import { type JsonBody, readJsonBody } from './body'
import { cutConnection } from './connection'
import { EVENT_TYPES, type EventsByType, type EventsRequest, type EventType, parseEventsRequest } from './contract'
import { createFaultQueue, type Fault, scriptedError } from './faults'
import { createLedger, type Dropped, type Ledger } from './ledger'

/** One request to `POST /v2/events`, and what became of it. */
export type Exchange = {
  /** The JSON that was sent; undefined when it was no JSON or too large. */
  body: unknown
  /** The status that was answered; 0 when the connection was cut before an answer. */
  status: number
  /** Whether its events are in the ledger, which a client whose connection was cut cannot know. */
  stored: boolean
}

/** What can be set about a sandbox. */
export type SandboxOptions = {
  /** How many events of each type the ledger keeps. Default: 10,000. */
  keep?: number
  /** The clock by which an event is in the future, in epoch milliseconds. Default: the system's. */
  now?: () => number
  /**
   * Refuses an event that fits the contract, for what the contract cannot know; its request is then answered with 400.
   * Default: a `resolvedBidId` that starts with `unknown` is not found.
   */
  refuse?: (event: EventsByType[EventType], type: EventType) => Refusal | undefined
  /** Called for each request to `POST /v2/events`, just before it is answered or its connection cut. */
  onRequest?: (exchange: Exchange) => void
}

/** The app of a sandbox: `outgoing` and its like are there when @hono/node-server serves it. */
export type SandboxApp = Hono<{ Bindings: Partial<HttpBindings> }>

/** Topsort's Events API v2 in memory. */
export type Sandbox = {
  /** Answers `POST /v2/events`: serve it, or call its `request` in a test. */
  app: SandboxApp
  /** A copy of what is stored. */
  ledger: () => Ledger
  /** What is stored, as it is: for reading only, without the time that a copy takes. */
  view: () => Readonly<Ledger>
  /** How many events of each type were stored and are gone, because newer ones came. */
  dropped: () => Dropped
  /** Makes the next requests go wrong; replaces the faults that are left. */
  script: (faults: readonly Fault[]) => void
  /** Empties the ledger and drops the faults that are left. */
  forget: () => void
}

const DEFAULT_KEEP = 10_000

/** Ours: Topsort publishes no limit, but answers 413 when there is one. 200 real events are well below 1 MB. */
const MAX_BODY_BYTES = 10_000_000

/** The Marketplace API key, by the prefix that Topsort gives it. Any text after the prefix will do. */
const AUTHORIZATION = /^Bearer TSE_\S+$/

/**
 * Opens a sandbox: an Events API v2 that checks the key and the contract as Topsort does, stores all of a request or
 * nothing, and can be told to fail.
 *
 * @example
 * const sandbox = createSandbox()
 * serve({ fetch: sandbox.app.fetch, hostname: '127.0.0.1', port: 3000 })
 */
export function createSandbox({
  keep = DEFAULT_KEEP,
  now = Date.now,
  refuse = refuseUnknownBid,
  onRequest
}: SandboxOptions = {}): Sandbox {
  const store = createLedger(keep)
  const faults = createFaultQueue()

  const refuseEvents = (request: EventsRequest): ErrorAnswer | undefined => {
    for (const type of EVENT_TYPES) {
      for (const event of request[type] ?? []) {
        const refusal = refuseFuture(event.occurredAt, now()) ?? refuse(event, type)
        if (refusal) return errorAnswer(400, refusal)
      }
    }
    return undefined
  }

  const storeOrRefuse = (authorization: string, body: JsonBody): ErrorAnswer | undefined => {
    if (!AUTHORIZATION.test(authorization)) return errorAnswer(401, { message: 'The API key is missing or not valid' })
    if (!body.ok) return bodyAnswer(body)
    const parsed = parseEventsRequest(body.json)
    if ('misfit' in parsed) return errorAnswer(parsed.misfit.status ?? 400, parsed.misfit)
    const refused = refuseEvents(parsed.value)
    if (!refused) store.add(parsed.value)
    return refused
  }

  const app: SandboxApp = new Hono()

  app.post('/v2/events', async (c) => {
    // Taken before the first wait, so that requests get their faults in the order in which they came.
    const fault = faults.next()
    const body = await readJsonBody(c.req.raw, MAX_BODY_BYTES)
    const cut = fault?.cut

    const handled = cut !== 'before'
    const error = handled
      ? (scriptedError(fault) ?? storeOrRefuse(c.req.header('Authorization') ?? '', body))
      : undefined
    const answer = error ? errorResponse(error) : accepted(cut)

    if (fault?.delay) await sleep(fault.delay)
    const answered = cut === undefined || cut === 'during'
    onRequest?.({
      body: body.ok ? body.json : undefined,
      status: answered ? answer.status : 0,
      stored: handled && !error
    })

    if (!cut) return answer
    return cutConnection(c.env, answered ? answer : undefined)
  })

  app.all('/v2/events', () => errorResponse(errorAnswer(405)))
  app.notFound(() => errorResponse(errorAnswer(404)))

  return {
    app,
    ledger: store.copy,
    view: store.view,
    dropped: store.dropped,
    script: faults.script,
    forget() {
      store.clear()
      faults.script([])
    }
  }
}

function bodyAnswer({ status, message }: Extract<JsonBody, { ok: false }>): ErrorAnswer {
  return errorAnswer(status, { message, ...(status === 400 && { errCode: 'invalid_json' }) })
}

/** What Topsort answers when all is stored; a body that can be cut in two where that is scripted. */
function accepted(cut: Fault['cut']): Response {
  return cut === 'during' ? Response.json({}) : new Response(null, { status: 204 })
}

function refuseFuture(occurredAt: string, now: number): Refusal | undefined {
  // A leap second is a time in RFC 3339, but not for `Date`.
  const time = Date.parse(occurredAt.replace(':60', ':59'))
  return time > now ? { errCode: 'invalid_event_time', message: 'At least one event is in the future' } : undefined
}

function refuseUnknownBid(event: EventsByType[EventType]): Refusal | undefined {
  return 'resolvedBidId' in event && event.resolvedBidId?.startsWith('unknown')
    ? { errCode: 'resolved_bid_id_not_found', message: 'could not find the provided resolved bid id' }
    : undefined
}
