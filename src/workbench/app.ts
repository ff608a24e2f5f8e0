import { Hono } from 'hono'
import type { MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { methodNotAllowed } from 'hono/method-not-allowed'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { clip, InputError } from '../core'
import type { Pipeline } from '../pipeline'
import { createClock } from './clock'
import { definition } from './definition'
import { corsHeaders, preflightAnswer, PROTECTION, whyEmbedded, whyForeign } from './net/loopback'
import { redactAnswer } from './net/redact-answers'
import type { Parts } from './parts'
import type { Environment, WorkbenchContext } from './routes/context'
import { PAGES } from './routes/page-routes'
import { addRoutes } from './routes/routes'
import { TESTER_ORIGINS, testerPaths } from './routes/tester-routes'
import { createCredits } from './state/credits'
import { createFindings } from './state/findings'
import { createHistory } from './state/history'
import { createShoppers } from './state/shoppers'

/** The parts of a workbench. Those that are absent remember nothing of events that came before. */
export type WorkbenchParts = Pick<Parts, 'pipeline'> &
  Partial<Parts> & {
    /** Texts that no answer may contain. */
    secrets?: string[]
    /** Gets a line about each error that the sender did not cause. */
    log: (line: string) => void
  }

/** The workbench's routes. The bindings, such as `incoming`, exist if @hono/node-server serves them. */
export type WorkbenchApp = Hono<Environment>

/** Methods that change nothing and send no events. */
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/**
 * Creates the app of the workbench: Segment's Tracking API under `/v1`, the sandbox's API under `/v2`, and the workbench's
 * own routes under `/workbench`. `routes/routes.ts` lists them all.
 *
 * A new event shows up in the ledger and the deliveries after about a second. With `?wait`, the answer comes when all
 * pending events are settled.
 *
 * Each error is answered with `{error}`, a sentence for people. A request that may have had events and was refused as a
 * whole is a delivery as well, so that a shop can find everything that it sent.
 */
export function createWorkbench({ secrets = [], log, ...parts }: WorkbenchParts): WorkbenchApp {
  const app: WorkbenchApp = new Hono()
  app.use(guard(parts.pipeline, secrets))
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        c.header('Allow', methods.join(', '))
        return refuse(c, 405, `${shortPath(c)} takes ${methods.join(', ')} only.`)
      }
    })
  )
  app.notFound((c) => refuse(c, 404, explainNotFound(c)))
  app.onError((error, c) => {
    if (error instanceof InputError) return refuse(c, 400, error.message, error.details)
    if (error instanceof HTTPException) return refuse(c, error.status, error.message)
    log(`The workbench failed at ${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`)
    // The message of a system error has the path of a file.
    const reason = (error as NodeJS.ErrnoException).code ?? error.message
    return c.json({ error: `The workbench failed: ${reason}` }, 500)
  })
  addRoutes(app, {
    definition,
    findings: createFindings(),
    history: createHistory(1),
    shoppers: createShoppers(1),
    credits: createCredits(undefined, () => undefined),
    clock: createClock(),
    info: { keep: 10_000, live: false, canSendToTopsort: false },
    ...parts
  })
  return app
}

/** Refuses requests of other machines and sites, removes secrets from answers, and records refused requests. */
function guard(pipeline: Pipeline, secrets: string[]): MiddlewareHandler<Environment> {
  const forTester = testerPaths(definition)
  return async (c, next) => {
    if (c.req.method === 'OPTIONS') return preflightAnswer(c.req.raw)
    const isForTester = forTester.includes(c.req.path)
    const problem =
      whyForeign(c.req.raw, isForTester ? TESTER_ORIGINS : []) ??
      (isForTester ? undefined : whyEmbedded(c.req.raw, PAGES))
    if (problem === undefined) await next()
    else c.res = refuse(c, 403, problem)
    if (secrets.length > 0) c.res = redactAnswer(c.res, secrets)
    for (const [name, value] of Object.entries({ ...PROTECTION, ...corsHeaders(c.req.raw) })) c.header(name, value)

    const refusal = c.get('refusal')
    if (refusal !== undefined && (problem !== undefined || mayHoldEvents(c))) {
      const message = `${c.req.method} ${shortPath(c)} was refused. ${refusal}`
      if (problem === undefined) pipeline.refuse(c.res.status, message)
      else pipeline.refuseStray(c.res.status, message, problem)
    }
    return undefined
  }
}

/** Answers with an error. The error is recorded later, because a 404 may still become a 405. */
function refuse(c: WorkbenchContext, status: ContentfulStatusCode, error: string, details: object = {}): Response {
  c.set('refusal', error)
  return c.json({ error, ...details }, status)
}

function explainNotFound(c: WorkbenchContext): string {
  const fact = `There is nothing at ${shortPath(c)}.`
  return SAFE_METHODS.includes(c.req.method)
    ? fact
    : `${fact} SDKs of Segment send to /v1/batch, /v1/track and the like: check the host that is set in the SDK.`
}

function shortPath(c: WorkbenchContext): string {
  return clip(c.req.path, 100)
}

function mayHoldEvents(c: WorkbenchContext): boolean {
  if (c.req.path.startsWith('/workbench')) return false
  return c.req.path.startsWith('/v1/') || !SAFE_METHODS.includes(c.req.method)
}
