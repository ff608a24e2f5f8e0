import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Finding } from '../checks'
import { createPipeline } from '../pipeline'
import type { Delivery, Pipeline, Timing } from '../pipeline'
import { createSandbox } from '../sandbox'
import type { Sandbox, SandboxOptions } from '../sandbox'
import { createWorkbench } from './app'
import { createClock, withClock } from './clock'
import { definition } from './definition'
import { createConnectionPair } from './net/connection-pair'
import { listen } from './net/listen'
import type { Tls } from './net/listen'
import { loadPageFiles } from './net/page-files'
import type { PageFiles } from './net/page-files'
import { routeHost } from './net/route-host'
import type { TopsortAccess } from './net/send-to-topsort'
import type { Parts } from './parts'
import { createCredits } from './state/credits'
import { createFindings } from './state/findings'
import { createHistory } from './state/history'
import { type OpenedCalls, takeCalls } from './state/opened-calls'
import { createShoppers } from './state/shoppers'
import { openState } from './state/state'

/** The options of a workbench. `keep` is also the number of deliveries that are kept. */
export type WorkbenchOptions = Pick<SandboxOptions, 'keep' | 'strictBids' | 'lenient'> & {
  /** The port on 127.0.0.1. 0 for any free port. */
  port: number
  /**
   * A Marketplace API key. With it, events go to Topsort itself, where they are billed. Nothing else sends them there.
   * Without it they go to a sandbox in this process, and no request of the process can reach Topsort.
   */
  liveKey?: string
  /** Allows single deliveries to be sent to Topsort itself, where they are billed. Not in live mode. */
  topsort?: TopsortAccess
  /** The state of an earlier workbench to continue from, as parsed JSON. */
  state?: unknown
  /** The customer's destination filters, as `readFilters` reads them. Default: those of the state, if there is one. */
  filters?: unknown
  /** Makes the workbench speak HTTPS only. */
  tls?: Tls
  /** Is called with each delivery as soon as it is settled. */
  report?: (delivery: Delivery) => void
  /** Is called with the first case of a mistake, and with each case whose number is a power of ten. */
  tell?: (finding: Finding) => void
  /** Gets a line about each error that no client caused. */
  log: (line: string) => void
  timing?: Partial<Timing>
}

/** A workbench that is running. */
export type Workbench = {
  /** The `host` for SDKs, without a slash at its end. */
  url: string
  port: number
  pipeline: Pipeline
  /** Absent in live mode. */
  sandbox?: Sandbox
  /** Takes calls of an archive at their own times. */
  takeCalls: (calls: OpenedCalls) => void
  /** Refuses new events, delivers pending ones, and closes all connections and ports. */
  stop: () => Promise<void>
}

const TOPSORT_HOST = 'api.topsort.com'

const DEFAULT_KEEP = 10_000

/** Not a real key. Topsort would refuse it if a request reached Topsort by mistake. */
const SANDBOX_KEY = 'TSE_sandbox'

/** The same for every workbench of a process. */
let pages: Promise<PageFiles> | undefined

function loadPages(): Promise<PageFiles> {
  pages ??= loadPageFiles().catch((error: unknown) => {
    pages = undefined
    throw error
  })
  return pages
}

/**
 * Starts a workbench. Its sandbox takes Topsort's place for the whole process, so of two workbenches in one process the
 * later one is stopped first.
 *
 * @example
 * const workbench = await startWorkbench({ port: 0, log: console.error })
 * const analytics = new Analytics({ writeKey: 'any', host: workbench.url })
 * // …
 * await workbench.stop()
 *
 * @throws InputError if the state or the filters cannot be read
 * @throws Error with a `code` such as `EADDRINUSE` if it cannot listen on the port, or a message of OpenSSL if the
 * certificate or its key cannot be used
 */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { liveKey, topsort, keep = DEFAULT_KEEP, strictBids, lenient, filters, report, tell, timing } = options
  const clock = createClock()
  const history = createHistory(keep)
  const findings = createFindings(tell, history.touch, clock.now)
  const shoppers = createShoppers(keep)
  const withOwnClock = withClock(definition, clock)
  const pipeline = createPipeline({
    definition: withOwnClock,
    settings: { api_key: liveKey ?? SANDBOX_KEY },
    filters,
    report,
    keep,
    timing,
    onSettled: findings.onSettled,
    observer: history.observer
  })
  const toSandbox: SandboxOptions = {
    keep,
    strictBids,
    lenient,
    now: clock.now,
    onAuction(auction) {
      findings.onAuction(auction)
      shoppers.onAuction(auction)
    },
    onRequest({ warnings }) {
      if (warnings) pipeline.note(`POST /v2/events was accepted with a warning: ${listWarnings(warnings)}`)
    },
    onChange() {
      credits.check()
      history.wake()
    }
  }
  const standIn = liveKey === undefined ? startStandIn(toSandbox) : undefined
  const sandbox = standIn?.sandbox
  const credits = createCredits(sandbox, history.touch)
  const info = { keep, live: liveKey !== undefined, canSendToTopsort: topsort !== undefined }
  const parts: Parts = {
    definition: withOwnClock,
    pipeline,
    sandbox,
    findings,
    history,
    shoppers,
    credits,
    clock,
    topsort,
    loadPages,
    info
  }
  const close = standIn?.close ?? (() => undefined)
  return serve(options, parts, close).catch((error: unknown) => {
    close()
    throw error
  })
}

/** The largest number of warnings in a message. */
const MAX_WARNINGS = 5

function listWarnings(warnings: string[]): string {
  const more = warnings.length - MAX_WARNINGS
  return `${warnings.slice(0, MAX_WARNINGS).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`
}

/** Opens the saved state, and serves the routes. @param onStop is called when the workbench has stopped */
async function serve(options: WorkbenchOptions, parts: Parts, onStop: () => void): Promise<Workbench> {
  const { port, liveKey, topsort, state, filters, tls, log } = options
  const { pipeline, sandbox } = parts
  if (state !== undefined) await openState(state, parts)
  if (state !== undefined && filters !== undefined) pipeline.replaceFilters(filters)

  const secrets = [liveKey, topsort?.key].filter((key) => key !== undefined)
  const { fetch } = createWorkbench({ ...parts, secrets, log })
  const onUnreadable = (problem: string, status: number): void => {
    pipeline.refuseStray(status, problem, problem)
  }
  const listener = await listen({ fetch, port, tls, log, onUnreadable })
  return {
    url: `${tls ? 'https' : 'http'}://localhost:${listener.port}`,
    port: listener.port,
    pipeline,
    sandbox,
    takeCalls(calls) {
      takeCalls(calls, parts)
    },
    async stop() {
      listener.close()
      await pipeline.drain()
      onStop()
    }
  }
}

/**
 * Serves a sandbox inside this process, and redirects requests to Topsort there. An answer comes in the same turn of the
 * event loop as its request, before any timer. So a process that gets no processor for a while does not time itself out.
 */
function startStandIn(options: SandboxOptions): { sandbox: Sandbox; close: () => void } {
  const sandbox = createSandbox(options)
  const app: Sandbox['app'] = new Hono()
  app.use(async (c, next) => (c.req.header('host') === TOPSORT_HOST ? next() : c.text('Misdirected request', 421)))
  app.route('/', sandbox.app)
  const answer = getRequestListener(app.fetch)
  const server = createServer((request, response) => void answer(request, response))
  // The agent keeps connections open. A limit could close one just when the next request is sent.
  server.keepAliveTimeout = 0
  const connect = (): Duplex => {
    const [ofClient, ofServer] = createConnectionPair()
    server.emit('connection', ofServer)
    return ofClient
  }
  return { sandbox, close: routeHost(TOPSORT_HOST, connect) }
}
