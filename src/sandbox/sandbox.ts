import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { toErrorAnswer, type ErrorAnswer, toErrorResponse, type Refusal } from './answers'
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
import { type Fault, toScriptedError } from './faults'
import { createLedger, type Dropped, type Ledger } from './ledger'
import { createScriptQueue } from './script-queue'
import type { CheckedSnapshot } from './snapshot'
import { toEpoch } from './time'
import type { Misfit } from './validation'

/** A request that reported events or linked users, and its result. */
export type Exchange = {
  /** The JSON that was sent. Undefined if the body was not JSON or was too large. */
  body: unknown
  /** The status of the answer. 0 if the connection was cut before an answer. */
  status: number
  /** Whether the request is stored. A client whose connection was cut does not know this. */
  stored: boolean
}

/** Options for `createSandbox`. */
export type SandboxOptions = {
  /** The clock, in epoch milliseconds. Events with a later time are refused. Default: the system's clock. */
  now?: () => number
  /**
   * Returns a refusal for an event that fits the contract but must be refused. Its request is then answered with 400.
   * Default: refuses a `resolvedBidId` that starts with `unknown`.
   */
  refuse?: (event: EventsByType[EventType], type: EventType) => Refusal | undefined
  /**
   * Whether to refuse every `resolvedBidId` that no auction of this sandbox returned. Default: false. Then the sandbox
   * refuses them only after the first auction.
   */
  strictBids?: boolean
  /** How many impressions, clicks, purchases, page views and links to keep, the newest of each. Default: 10,000. */
  keep?: number
  /** Called for each request for events or links, just before it is answered or its connection is cut. */
  onRequest?: (exchange: Exchange) => void
  /** Called after each auction. */
  onAuction?: (auction: AuctionRun) => void
}

/** The app of a sandbox. Its bindings are present only if @hono/node-server serves it. */
export type SandboxApp = Hono<{ Bindings: Partial<HttpBindings> }>

/** The remaining steps of the scripts: for requests for events or links, and for auctions. */
export type ScriptsLeft = { events: Fault[]; auctions: AuctionScript[] }

/** Topsort's API in memory. */
export type Sandbox = {
  /** Answers Topsort's routes under `/v2`. Serve it, or call its `request` in a test. */
  app: SandboxApp
  /** Returns a copy of the stored events and links. */
  ledger: () => Ledger
  /** Returns the stored events and links without copying them, which is faster. The caller must not change them. */
  view: () => Readonly<Ledger>
  /** Returns how many entries were dropped because newer entries came. */
  dropped: () => Dropped
  /** Sets faults for the next requests for events or links. Replaces the remaining faults. */
  script: (faults: readonly Fault[]) => void
  /** Returns a copy of the products that can win auctions. */
  catalogue: () => Product[]
  replaceCatalogue: (products: readonly Product[]) => void
  /** Sets the results of the next auctions. Replaces the remaining steps. */
  scriptAuctions: (scripts: readonly AuctionScript[]) => void
  /** Returns what is left of the scripts. */
  scriptsLeft: () => ScriptsLeft
  /** Returns the credit for each stored order line. */
  attribution: () => Attribution
  changeAttribution: (changes: AttributionChanges) => void
  /** Returns whether the sandbox currently refuses bids that none of its auctions returned. */
  checksBids: () => boolean
  /** Returns the settings of attribution, without working out any credit. */
  attributionSettings: () => AttributionSettings
  /** Forgets everything, and continues from a snapshot. */
  restore: (snapshot: CheckedSnapshot) => void
  /** Forgets events, links, bids, faults and scripts. Keeps the catalogue and the settings of attribution. */
  forget: () => void
}

/** The limit is ours. Topsort documents the status 413, but no size. 200 real events are well below 1 MB. */
const MAX_BODY_BYTES = 10_000_000

/** Topsort's Marketplace API keys start with `TSE_`. The sandbox accepts any text after that. */
const AUTHORIZATION = /^Bearer TSE_\S+$/

const DEFAULT_KEEP = 10_000

type SandboxContext = Context<{ Bindings: Partial<HttpBindings> }>

/**
 * Creates a sandbox. It checks the key and the contract as Topsort does, stores all events of a request or none, and
 * runs auctions. Scripted faults make it fail.
 *
 * @example const sandbox = createSandbox() serve({ fetch: sandbox.app.fetch, hostname: '127.0.0.1', port: 3000 })
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
        if (refusal) return toErrorAnswer(400, refusal)
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

  /** Answers a request for events or links. Applies the next scripted fault. */
  const report = async (c: SandboxContext, store: Handler): Promise<Response> => {
    // This must be before the first `await`, so that requests get their faults in the order of arrival.
    const fault = faults.next()
    const body = await readJsonBody(c.req.raw, MAX_BODY_BYTES)
    const cut = fault?.cut

    const handled = cut !== 'before'
    const error = handled ? (toScriptedError(fault) ?? handle(c, body, store)) : undefined
    const answer = error ? toErrorResponse(error) : toAcceptedResponse(cut)

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
    if (refused) return toErrorResponse(refused)
    if (!body.ok) return toErrorResponse(refuseBody(body))
    const parsed = parseAuctionsRequest(body.json)
    if (!parsed.ok) return toErrorResponse(refuseMisfit(parsed.misfit))
    const outcome = auctions.run(parsed.value)
    if (outcome.delay > 0) await sleep(outcome.delay)
    return outcome.ok ? Response.json({ results: outcome.results }, { status: 201 }) : toErrorResponse(outcome.error)
  }

  const app: SandboxApp = new Hono()

  app.post('/v2/events', (c) => report(c, storeEvents))
  app.post('/v2/events/beta/link-users', (c) => report(c, storeLink))
  app.post('/v2/auctions', runAuctions)

  for (const path of ['/v2/events', '/v2/events/beta/link-users', '/v2/auctions']) {
    app.all(path, () => toErrorResponse(toErrorAnswer(405)))
  }
  for (const kind of ['sponsored-brand', 'travel']) {
    const message = `The sandbox has no ${kind} auctions. POST /v2/auctions runs listings and banners`
    app.all(`/v2/auctions/${kind}`, () => toErrorResponse(toErrorAnswer(404, { message })))
  }
  app.notFound(() => toErrorResponse(toErrorAnswer(404)))

  const forget = (): void => {
    store.clear()
    faults.script([])
    auctions.forget()
    attribution.clear()
  }

  return {
    app,
    ledger: store.copy,
    view: store.view,
    dropped: store.dropped,
    script: faults.script,
    catalogue: auctions.catalogue,
    replaceCatalogue: auctions.replaceCatalogue,
    scriptAuctions: auctions.script,
    scriptsLeft: () => ({ events: faults.left(), auctions: auctions.scriptsLeft() }),
    attribution: () => attribution.attribute(settings),
    changeAttribution(changes) {
      settings = changeSettings(settings, changes)
    },
    checksBids,
    attributionSettings: () => structuredClone(settings),
    restore({ requests, links, auctions: runs, catalogue, attribution: changes, scripts }) {
      forget()
      auctions.replaceCatalogue(catalogue)
      // The format and product of an interaction come from its bid.
      auctions.restore(runs)
      settings = changeSettings(settings, changes)
      for (const request of requests) {
        store.add(request)
        attribution.add(request)
      }
      for (const link of links) {
        store.addLink(link)
        attribution.link(link)
      }
      faults.script(scripts.events)
      auctions.script(scripts.auctions)
    },
    forget
  }
}

/** Checks and stores the body of a request. Returns the error if nothing is stored. */
type Handler = (json: unknown) => ErrorAnswer | undefined

function handle(c: SandboxContext, body: JsonBody, store: Handler): ErrorAnswer | undefined {
  return refuseKey(c) ?? (body.ok ? store(body.json) : refuseBody(body))
}

function refuseKey(c: SandboxContext): ErrorAnswer | undefined {
  const isAuthorized = AUTHORIZATION.test(c.req.header('Authorization') ?? '')
  return isAuthorized ? undefined : toErrorAnswer(401, { message: 'The API key is missing or invalid' })
}

function refuseBody({ status, message }: Extract<JsonBody, { ok: false }>): ErrorAnswer {
  return toErrorAnswer(status, { message, ...(status === 400 && { errCode: 'invalid_json' }) })
}

function refuseMisfit({ status = 400, ...refusal }: Misfit): ErrorAnswer {
  return toErrorAnswer(status, refusal)
}

/** Returns the answer to a stored request. It has a body only if the body will be cut. */
function toAcceptedResponse(cut: Fault['cut']): Response {
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
