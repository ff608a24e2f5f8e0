import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { type ErrorAnswer, refuseMisfit, toErrorAnswer, toErrorResponse } from './answers'
import type { AuctionHouse } from './auctions/auction-house'
import type { AnyAuction } from './auctions/choose-winners'
import { type JsonBody, readJsonBody } from './body'
import { cutConnection } from './connection'
import { parseAuctionsRequest, parseBrandAuctionsRequest, parseTravelAuctionsRequest } from './contract'
import { type Fault, toScriptedError } from './faults'
import type { EventStore, Handled, Handler } from './event-store'
import type { ScriptQueue } from './script-queue'
import type { Parsed } from './validation'

/** A request that reported events or linked users, and its result. */
export type SandboxExchange = {
  /** The JSON that was sent. Undefined if the body was not JSON or was too large. */
  body: unknown
  /** The status of the answer. 0 if the connection was cut before an answer. */
  status: number
  /** Whether the request is stored. A client whose connection was cut does not know this. */
  stored: boolean
  /** Notes about parts that were omitted, because the sandbox is lenient. Absent if there are none. */
  warnings?: string[]
}

/** The app of a sandbox. Its bindings are present only if @hono/node-server serves it. */
export type SandboxApp = Hono<{ Bindings: Partial<HttpBindings> }>

/** The limit is ours. Topsort documents the status 413, but no size. 200 real events are well below 1 MB. */
const MAX_BODY_BYTES = 10_000_000

/** Topsort's Marketplace API keys start with `TSE_`. The sandbox accepts any text after that. */
const AUTHORIZATION = /^Bearer TSE_\S+$/

/** The paths of auctions, and what reads their requests. */
const AUCTION_ROUTES = {
  '/v2/auctions': parseAuctionsRequest,
  '/v2/auctions/sponsored-brand': parseBrandAuctionsRequest,
  '/v2/auctions/travel': parseTravelAuctionsRequest
}

/** The paths of events and links, and the part of the store that takes their requests. */
const STORE_ROUTES = { '/v2/events': 'storeEvents', '/v2/events/beta/link-users': 'storeLink' } as const

/** The paths of Topsort's API. */
const ROUTES = Object.keys({ ...STORE_ROUTES, ...AUCTION_ROUTES })

type SandboxContext = Context<{ Bindings: Partial<HttpBindings> }>

/** The parts that the routes use. */
export type SandboxAppParts = {
  store: EventStore
  auctions: AuctionHouse
  faults: ScriptQueue<Fault>
  onRequest?: (exchange: SandboxExchange) => void
}

/** Creates the routes of Topsort's API. */
export function createSandboxApp({ store, auctions, faults, onRequest }: SandboxAppParts): SandboxApp {
  /** Answers a request for events or links. Applies the next scripted fault. */
  const report = async (c: SandboxContext, handler: Handler): Promise<Response> => {
    // This must be before the first `await`, so that requests get their faults in the order of arrival.
    const fault = faults.next()
    const body = await readJsonBody(c.req.raw, MAX_BODY_BYTES)
    const cut = fault?.cut

    const handled = cut !== 'before'
    const json = body.ok ? body.json : undefined
    const scripted = handled ? toScriptedError(fault, json, auctions.hasProduct) : undefined
    const { error, warnings = [] } = scripted ? { error: scripted } : handled ? handle(c, body, handler) : {}
    const answer = error ? toErrorResponse(error) : toAcceptedResponse(cut)

    if (fault?.delay) await sleep(fault.delay)
    const answered = cut === undefined || cut === 'during'
    onRequest?.({
      body: json,
      status: answered ? answer.status : 0,
      stored: handled && !error,
      ...(warnings.length > 0 && { warnings })
    })

    if (!cut) return answer
    return cutConnection(c.env, answered ? answer : undefined)
  }

  const app: SandboxApp = new Hono()

  for (const [path, name] of Object.entries(STORE_ROUTES)) app.post(path, (c) => report(c, store[name]))
  for (const [path, parse] of Object.entries(AUCTION_ROUTES)) app.post(path, (c) => runAuctions(c, auctions, parse))

  for (const path of ROUTES) {
    app.all(path, () => toErrorResponse(toErrorAnswer(405)))
  }
  app.notFound((c) => toErrorResponse(toErrorAnswer(404, { message: explainNotFound(c.req.path) })))
  return app
}

/** Explains a 404 that is hard to see: Topsort does not know a path with a slash at its end. */
function explainNotFound(path: string): string | undefined {
  const withoutSlash = path.replace(/\/+$/, '')
  return ROUTES.includes(withoutSlash)
    ? `Topsort has no ${path}. Send to ${withoutSlash}, without a slash at the end`
    : undefined
}

async function runAuctions(
  c: SandboxContext,
  auctions: AuctionHouse,
  parse: (body: unknown) => Parsed<{ auctions: AnyAuction[] }>
): Promise<Response> {
  const body = await readJsonBody(c.req.raw, MAX_BODY_BYTES)
  const refused = refuseKey(c)
  if (refused) return toErrorResponse(refused)
  if (!body.ok) return toErrorResponse(refuseBody(body))
  const parsed = parse(body.json)
  if (!parsed.ok) return toErrorResponse(refuseMisfit(parsed.misfit))
  const answer = auctions.run(parsed.value.auctions)
  if (answer.delay > 0) await sleep(answer.delay)
  return answer.ok ? Response.json({ results: answer.results }, { status: 201 }) : toErrorResponse(answer.error)
}

function handle(c: SandboxContext, body: JsonBody, handler: Handler): Handled {
  const error = refuseKey(c)
  if (error) return { error }
  return body.ok ? handler(body.json) : { error: refuseBody(body) }
}

function refuseKey(c: SandboxContext): ErrorAnswer | undefined {
  const isAuthorized = AUTHORIZATION.test(c.req.header('Authorization') ?? '')
  return isAuthorized ? undefined : toErrorAnswer(401, { message: 'The API key is missing or invalid' })
}

function refuseBody({ status, message }: Extract<JsonBody, { ok: false }>): ErrorAnswer {
  return toErrorAnswer(status, { message, ...(status === 400 && { errCode: 'invalid_json' }) })
}

/** Returns the answer to a stored request. It has a body only if the body will be cut. */
function toAcceptedResponse(cut: Fault['cut']): Response {
  return cut === 'during' ? Response.json({}) : new Response(null, { status: 204 })
}
