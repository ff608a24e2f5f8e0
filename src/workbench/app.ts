import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { clip, InputError } from '../core'
import { readMessages, trackingCalls } from '../pipeline'
import type { Pipeline, TrackingCall } from '../pipeline'
import type { Sandbox } from '../sandbox'
import type { WorkbenchInfo } from './api'
import { definition } from './destination'
import { createDeliveryRoutes } from './delivery-routes'
import { createFindings } from './findings'
import type { Findings } from './findings'
import { createHistory } from './history'
import type { History } from './history'
import { corsHeaders, preflightAnswer, whyForeign } from './loopback'
import { createMappingRoutes } from './mapping-routes'
import { createPageRoutes } from './page-routes'
import type { LoadPages } from './page-routes'
import { readInput } from './read-input'
import { createSandboxRoutes, requireSandbox } from './sandbox-routes'
import { createShopperRoutes } from './shopper-routes'
import { createShoppers } from './shoppers'
import type { Shoppers } from './shoppers'
import { redactAnswer } from './redact-answers'
import type { TopsortAccess } from './send-to-topsort'
import { createStateRoutes } from './state-routes'
import { createStreamRoutes } from './stream-routes'
import { createTesterRoutes, TESTER_ORIGINS, testerPaths } from './tester-routes'
import { createTopsortRoutes } from './topsort-routes'

/** The parts that the workbench's routes use. */
export type WorkbenchParts = {
  pipeline: Pipeline
  /** Absent if events go to Topsort itself. */
  sandbox?: Sandbox
  /** Default: findings that see only the requests to these routes. */
  findings?: Findings
  /** Default: an empty history. */
  history?: History
  /** Default: shoppers without auctions. */
  shoppers?: Shoppers
  /** Sends a single delivery to Topsort itself. Absent without a key, and in live mode. */
  topsort?: TopsortAccess
  /** Texts that no answer may contain. */
  secrets?: string[]
  /** Absent if there is no page. */
  loadPages?: LoadPages
  /** The facts that the page shows. Default: a workbench with a sandbox that keeps 10,000 deliveries. */
  info?: WorkbenchInfo
  /** Gets a line about each error that the sender did not cause. */
  log: (line: string) => void
}

/** The workbench's routes. The bindings, such as `incoming`, exist if @hono/node-server serves them. */
export type WorkbenchApp = Hono<Environment>

type Environment = {
  Bindings: Partial<HttpBindings>
  /** Why the request was refused, in a sentence. */
  Variables: { refusal?: string }
}

type AppContext = Context<Environment>

/** Methods that change nothing and send no events. */
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

const DEFAULT_INFO: WorkbenchInfo = { keep: 10_000, live: false, canSendToTopsort: false }

/** The sandbox's answers to requests that it cannot read. */
const UNREADABLE: readonly number[] = [404, 405, 413, 415]

/**
 * Creates the routes of the workbench: Segment's Tracking API under `/v1`, the sandbox's API under `/v2`, and the
 * workbench's own routes under `/workbench`.
 *
 * A new event shows up in the ledger and the deliveries after about a second. With `?wait`, the answer comes when all
 * pending events are settled.
 *
 * Each error is answered with `{error}`, a sentence for people. A request that may have had events and was refused as a
 * whole is a delivery as well, so that a shop can find everything that it sent.
 */
export function createWorkbench({
  pipeline,
  sandbox,
  findings = createFindings(),
  history = createHistory(1),
  shoppers = createShoppers(1),
  topsort,
  secrets = [],
  loadPages,
  info = DEFAULT_INFO,
  log
}: WorkbenchParts): WorkbenchApp {
  const app: WorkbenchApp = new Hono()
  const forTester = testerPaths(definition)

  app.use(async (c, next) => {
    if (c.req.method === 'OPTIONS') return preflightAnswer(c.req.raw)
    const problem = whyForeign(c.req.raw, forTester.includes(c.req.path) ? TESTER_ORIGINS : [])
    if (problem === undefined) await next()
    else c.res = refuse(c, 403, problem)
    if (secrets.length > 0) c.res = redactAnswer(c.res, secrets)
    for (const [name, value] of Object.entries(corsHeaders(c.req.raw))) c.header(name, value)

    const refusal = c.get('refusal')
    if (refusal !== undefined && (problem !== undefined || mayHoldEvents(c))) {
      pipeline.refuse(c.res.status, `${c.req.method} ${shortPath(c)} was refused. ${refusal}`)
    }
    return undefined
  })
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        c.header('Allow', methods.join(', '))
        return refuse(c, 405, `${shortPath(c)} takes ${methods.join(', ')} only.`)
      }
    })
  )
  app.notFound((c) =>
    refuse(
      c,
      404,
      SAFE_METHODS.includes(c.req.method)
        ? `There is nothing at ${shortPath(c)}.`
        : `There is nothing at ${shortPath(c)}. SDKs of Segment send to /v1/batch, /v1/track and the like: check the host that is set in the SDK.`
    )
  )
  app.onError((error, c) => {
    if (error instanceof InputError) return refuse(c, 400, error.message)
    if (error instanceof HTTPException) return refuse(c, error.status, error.message)
    log(`The workbench failed at ${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`)
    return c.json({ error: `The workbench failed: ${error.message}` }, 500)
  })

  for (const [path, call] of Object.entries(trackingCalls)) app.post(`/v1/${path}`, (c) => takeIn(c, call))

  // Kotlin, Swift and C# put only this behind the host that is set in them.
  app.post('/b', (c) => takeIn(c, 'batch'))

  const takeIn = async (c: AppContext, call: TrackingCall): Promise<Response> => {
    await pipeline.room()
    // While this request is read, other requests may fill the queue.
    const body = await readInput(c.req.raw, pipeline.room)
    const { events, refused } = readMessages(call, body, new Date())
    pipeline.accept(events, refused)
    return c.json({ success: true })
  }

  // Segment's browser SDK sends metrics twice a minute. Without an answer, the shop's console would show an error.
  app.post('/v1/m', (c) => c.json({ success: true }))

  app.all('/v2/*', async (c) => {
    const { app } = requireSandbox(sandbox)
    const copy = c.req.method === 'POST' && c.req.path.startsWith('/v2/events') ? c.req.raw.clone() : undefined
    const response = await app.fetch(c.req.raw, c.env)
    if (response.status < 400) {
      if (copy) findings.onDirect(await readInput(copy))
      return response
    }
    const answer = await response.text()
    const refusal = unreadableReason(response.status, answer)
    if (refusal !== undefined) c.set('refusal', refusal)
    return new Response(answer, response)
  })

  const { canSendToTopsort } = info
  const fieldsOf = (action: string) => new Map(Object.entries(definition.actions)).get(action)?.fields
  app.route(
    '/workbench',
    createDeliveryRoutes({ pipeline, history, findings, fieldsOf, canSendToTopsort, waitIfAsked: settledIfAsked })
  )
  app.route('/workbench', createStreamRoutes({ pipeline, history, findings, info }))
  app.route('/workbench', createTopsortRoutes({ history, topsort }))
  app.route('/workbench', createMappingRoutes({ definition, pipeline, history }))
  app.route('/workbench', createShopperRoutes({ shoppers, sandbox, waitIfAsked: settledIfAsked }))
  app.route(
    '/workbench',
    createStateRoutes({ definition, pipeline, history, findings, shoppers, sandbox, waitIfAsked: settledIfAsked })
  )
  app.route('/workbench', createSandboxRoutes({ sandbox, waitIfAsked: settledIfAsked }))

  app.route('/', createTesterRoutes({ definition, ownSettings: () => (info.live ? {} : pipeline.settings()) }))
  if (loadPages) app.route('/', createPageRoutes(loadPages))

  app.delete('/workbench', async (c) => {
    const keep = c.req.query('keep')
    if (keep !== undefined && keep !== 'mappings') {
      throw new InputError(`DELETE /workbench cannot keep "${keep}". It can keep: mappings.`)
    }
    await pipeline.forget({ keepMappings: keep === 'mappings' })
    sandbox?.forget()
    findings.forget()
    history.clear()
    shoppers.forget()
    return c.body(null, 204)
  })

  async function settledIfAsked(c: Pick<Context, 'req'>): Promise<void> {
    if (c.req.query('wait') !== undefined) await pipeline.drain()
  }

  return app
}

/** Answers with an error. The error is recorded later, because a 404 may still become a 405. */
function refuse(c: AppContext, status: ContentfulStatusCode, error: string): Response {
  c.set('refusal', error)
  return c.json({ error }, status)
}

function shortPath(c: AppContext): string {
  return clip(c.req.path, 100)
}

function mayHoldEvents(c: AppContext): boolean {
  if (c.req.path.startsWith('/workbench')) return false
  return c.req.path.startsWith('/v1/') || !SAFE_METHODS.includes(c.req.method)
}

/** Returns why the sandbox could not read a request, if so. Its other errors are Topsort's own answers. */
function unreadableReason(status: number, answer: string): string | undefined {
  const { errCode, message } = JSON.parse(answer) as { errCode: string; message: string }
  return UNREADABLE.includes(status) || errCode === 'invalid_json' ? `${message}.` : undefined
}
