import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { errorAnswer, type ErrorAnswer, errorResponse, type Refusal } from './answers'
import { type Attribution, createAttributionIndex } from './attribution/attribution'
import {
  type AttributionChanges,
  type AttributionSettings,
  changeSettings,
  DEFAULT_SETTINGS
} from './attribution/settings'
import { type AuctionRun, createAuctionHouse } from './auctions/auction-house'
import type { Product } from './auctions/catalogue'
import type { AuctionScript } from './auctions/scripts'
import { type JsonBody, readJsonBody } from './body'
import { cutConnection } from './connection'
import {
  EVENT_TYPES,
  type EventsByType,
  type EventsRequest,
  type EventType,
  parseAuctionsRequest,
  parseEventsRequest,
  parseLinkUsersRequest
} from './contract'
import { type Fault, scriptedError } from './faults'
import { createLedger, type Dropped, type Ledger } from './ledger'
import { createScriptQueue } from './script-queue'
import { toEpoch } from './time'
import type { Misfit } from './validation'

/** One request that reported events or linked users, and what became of it. */
export type Exchange = {
  /** The JSON that was sent. Undefined if it was not JSON, or too large. */
  body: unknown
  /** The status of the answer. 0 if the connection was cut before an answer. */
  status: number
  /** Whether the ledger has it. A client whose connection was cut cannot know. */
  stored: boolean
}

/** How a sandbox behaves. */
export type SandboxOptions = {
  /** The clock, in epoch milliseconds. Events after it are in the future. Default: the system's clock. */
  now?: () => number
  /**
   * Refuses an event that fits the contract, for a reason that the contract cannot know. The request of the event is
   * answered with 400. Default: refuses a `resolvedBidId` that starts with `unknown`.
   */
  refuse?: (event: EventsByType[EventType], type: EventType) => Refusal | undefined
  /**
   * Refuses every `resolvedBidId` that no auction of this sandbox gave. Default: false, which means that the sandbox
   * refuses them as soon as one auction has run.
   */
  strictBids?: boolean
  /** How many impressions, clicks, purchases, page views and links are kept, the newest of each. Default: 10,000. */
  keep?: number
  /** Called for each request that reports something, just before it is answered or its connection is cut. */
  onRequest?: (exchange: Exchange) => void
  /** Called for each auction that has run. */
  onAuction?: (auction: AuctionRun) => void
}

/** The app of a sandbox. It has `outgoing` and its like when @hono/node-server serves it. */
export type SandboxApp = Hono<{ Bindings: Partial<HttpBindings> }>

/** Topsort in memory. */
export type Sandbox = {
  /** Answers Topsort's routes under `/v2`. Serve it, or call its `request` in a test. */
  app: SandboxApp
  /** Returns a copy of what is stored. */
  ledger: () => Ledger
  /** Returns what is stored, as it is: for reading only, without the time that a copy takes. */
  view: () => Readonly<Ledger>
  /** Counts what was stored and is gone, because newer entries came. */
  dropped: () => Dropped
  /** Makes the next requests that report something go wrong. Replaces the faults that are left. */
  script: (faults: readonly Fault[]) => void
  /** Returns a copy of the products that can win auctions. */
  catalogue: () => Product[]
  replaceCatalogue: (products: readonly Product[]) => void
  /** Says how the next auctions end. Replaces the steps that are left. */
  scriptAuctions: (scripts: readonly AuctionScript[]) => void
  /** Says what gets the credit for each order line of the ledger. */
  attribution: () => Attribution
  changeAttribution: (changes: AttributionChanges) => void
  /** Tells whether an event with a bid that no auction of this sandbox gave is refused at this moment. */
  checksBids: () => boolean
  /** Forgets events, links, bids, faults and scripts. Keeps the catalogue and the settings of attribution. */
  forget: () => void
}

/** Ours: Topsort publishes no limit, but answers 413 when there is one. 200 real events are well below 1 MB. */
const MAX_BODY_BYTES = 10_000_000

/** A Marketplace API key has the prefix that Topsort gives it. The sandbox takes any text after the prefix. */
const AUTHORIZATION = /^Bearer TSE_\S+$/

const DEFAULT_KEEP = 10_000

type SandboxContext = Context<{ Bindings: Partial<HttpBindings> }>

/**
 * Opens a sandbox. It checks the key and the contract as Topsort does, stores all of a request or nothing, runs auctions,
 * and can be told to fail.
 *
 * @example
 * const sandbox = createSandbox()
 * serve({ fetch: sandbox.app.fetch, hostname: '127.0.0.1', port: 3000 })
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const {
    now = Date.now,
    refuse = refuseUnknownBid,
    strictBids = false,
    keep = DEFAULT_KEEP,
    onRequest,
    onAuction
  } = options
  const store = createLedger(keep)
  const faults = createScriptQueue<Fault>()
  const auctions = createAuctionHouse(now, onAuction)
  const attribution = createAttributionIndex(auctions, keep)
  let settings: AttributionSettings = DEFAULT_SETTINGS

  const checksBids = (): boolean => strictBids || auctions.hasRun()

  const refuseForeignBid = (event: EventsByType[EventType]): Refusal | undefined => {
    if (!('resolvedBidId' in event) || event.resolvedBidId === undefined) return undefined
    if (!checksBids() || auctions.findBid(event.resolvedBidId)) return undefined
    const { errCode, message } = BID_NOT_FOUND
    const remedy = strictBids
      ? 'strictBids is on. Switch it off to use bids of your own'
      : 'Bids of your own work only as long as no auction has run'
    return {
      errCode,
      message: `${message}: no auction of this sandbox gave the bid of "${event.id}". Send the resolvedBidId of a winner unchanged. ${remedy}`
    }
  }

  const refuseEvents = (request: EventsRequest): ErrorAnswer | undefined => {
    for (const type of EVENT_TYPES) {
      for (const event of request[type] ?? []) {
        const refusal = refuseFuture(event.occurredAt, now()) ?? refuse(event, type) ?? refuseForeignBid(event)
        if (refusal) return errorAnswer(400, refusal)
      }
    }
    return undefined
  }

  const storeEvents: Handler = (json) => {
    const parsed = parseEventsRequest(json)
    if (!parsed.ok) return refuseMisfit(parsed.misfit)
    const refused = refuseEvents(parsed.value)
    if (refused) return refused
    store.add(parsed.value)
    attribution.add(parsed.value)
    return undefined
  }

  const storeLink: Handler = (json) => {
    const parsed = parseLinkUsersRequest(json)
    if (!parsed.ok) return refuseMisfit(parsed.misfit)
    store.addLink(parsed.value)
    attribution.link(parsed.value)
    return undefined
  }

  /** Answers a request that reports something, and makes it go wrong as scripted. */
  const report = async (c: SandboxContext, store: Handler): Promise<Response> => {
    // Taken before the first wait, so that requests get their faults in the order in which they came.
    const fault = faults.next()
    const body = await readJsonBody(c.req.raw, MAX_BODY_BYTES)
    const cut = fault?.cut

    const handled = cut !== 'before'
    const error = handled ? (scriptedError(fault) ?? handle(c, body, store)) : undefined
    const answer = error ? errorResponse(error) : acceptedResponse(cut)

    if (fault?.delay) await sleep(fault.delay)
    const answered = cut === undefined || cut === 'during'
    onRequest?.({
      body: body.ok ? body.json : undefined,
      status: answered ? answer.status : 0,
      stored: handled && !error
    })

    if (!cut) return answer
    return cutConnection(c.env, answered ? answer : undefined)
  }

  const runAuctions = async (c: SandboxContext): Promise<Response> => {
    const body = await readJsonBody(c.req.raw, MAX_BODY_BYTES)
    const refused = refuseKey(c)
    if (refused) return errorResponse(refused)
    if (!body.ok) return errorResponse(bodyAnswer(body))
    const parsed = parseAuctionsRequest(body.json)
    if (!parsed.ok) return errorResponse(refuseMisfit(parsed.misfit))
    const outcome = auctions.run(parsed.value)
    if (outcome.delay > 0) await sleep(outcome.delay)
    return outcome.ok ? Response.json({ results: outcome.results }, { status: 201 }) : errorResponse(outcome.error)
  }

  const app: SandboxApp = new Hono()

  app.post('/v2/events', (c) => report(c, storeEvents))
  app.post('/v2/events/beta/link-users', (c) => report(c, storeLink))
  app.post('/v2/auctions', runAuctions)

  for (const path of ['/v2/events', '/v2/events/beta/link-users', '/v2/auctions']) {
    app.all(path, () => errorResponse(errorAnswer(405)))
  }
  for (const kind of ['sponsored-brand', 'travel']) {
    const message = `The sandbox has no ${kind} auctions. POST /v2/auctions runs listings and banners`
    app.all(`/v2/auctions/${kind}`, () => errorResponse(errorAnswer(404, { message })))
  }
  app.notFound(() => errorResponse(errorAnswer(404)))

  return {
    app,
    ledger: store.copy,
    view: store.view,
    dropped: store.dropped,
    script: faults.script,
    catalogue: auctions.catalogue,
    replaceCatalogue: auctions.replaceCatalogue,
    scriptAuctions: auctions.script,
    attribution: () => attribution.attribute(settings),
    changeAttribution(changes) {
      settings = changeSettings(settings, changes)
    },
    checksBids,
    forget() {
      store.clear()
      faults.script([])
      auctions.forget()
      attribution.clear()
    }
  }
}

/** Checks and stores the body of a request. Returns the error if nothing is stored. */
type Handler = (json: unknown) => ErrorAnswer | undefined

function handle(c: SandboxContext, body: JsonBody, store: Handler): ErrorAnswer | undefined {
  return refuseKey(c) ?? (body.ok ? store(body.json) : bodyAnswer(body))
}

function refuseKey(c: SandboxContext): ErrorAnswer | undefined {
  const isAuthorized = AUTHORIZATION.test(c.req.header('Authorization') ?? '')
  return isAuthorized ? undefined : errorAnswer(401, { message: 'The API key is missing or invalid' })
}

function bodyAnswer({ status, message }: Extract<JsonBody, { ok: false }>): ErrorAnswer {
  return errorAnswer(status, { message, ...(status === 400 && { errCode: 'invalid_json' }) })
}

function refuseMisfit({ status = 400, ...refusal }: Misfit): ErrorAnswer {
  return errorAnswer(status, refusal)
}

/** Makes the answer of a request that is stored. It has a body only if that is to be cut. */
function acceptedResponse(cut: Fault['cut']): Response {
  return cut === 'during' ? Response.json({}) : new Response(null, { status: 204 })
}

function refuseFuture(occurredAt: string, now: number): Refusal | undefined {
  return toEpoch(occurredAt) > now
    ? { errCode: 'invalid_event_time', message: 'At least one event is in the future' }
    : undefined
}

const BID_NOT_FOUND = {
  errCode: 'resolved_bid_id_not_found',
  message: 'could not find the provided resolved bid id'
} as const satisfies Refusal

function refuseUnknownBid(event: EventsByType[EventType]): Refusal | undefined {
  return 'resolvedBidId' in event && event.resolvedBidId?.startsWith('unknown') ? BID_NOT_FOUND : undefined
}
