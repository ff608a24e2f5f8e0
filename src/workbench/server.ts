import { Hono } from 'hono'
import type { Finding } from '../checks'
import topsort from '../destinations/topsort'
import { createPipeline } from '../pipeline'
import type { Delivery, Pipeline, Timing } from '../pipeline'
import { createSandbox } from '../sandbox'
import type { Sandbox, SandboxOptions } from '../sandbox'
import { createWorkbench } from './app'
import { listen } from './listen'
import type { Tls } from './listen'
import { createFindings } from './findings'
import { routeHost } from './route-host'

/** How a workbench is started. */
export type WorkbenchOptions = {
  /** On 127.0.0.1. 0 for any that is free. */
  port: number
  /**
   * A Marketplace API key. With it, events go to Topsort itself, where they are billed. Nothing else sends them there.
   * Without it they go to a sandbox in this process, and no request of the process can reach Topsort.
   */
  liveKey?: string
  /** Makes the workbench speak HTTPS only. */
  tls?: Tls
  /** How many deliveries, and events of each type of the ledger, are kept. Default: 10,000. */
  keep?: number
  /** Makes the sandbox refuse bids that no auction of it gave, from the start. Default: from the first auction on. */
  strictBids?: boolean
  /** Is called with each delivery as soon as it is settled. */
  report?: (delivery: Delivery) => void
  /** Is called the first time that a mistake is seen, and at each power of ten after. */
  tell?: (finding: Finding) => void
  /** Gets a line about each error that no client has caused. */
  log: (line: string) => void
  timing?: Partial<Timing>
}

/** A workbench that is running. */
export type Workbench = {
  /** Without a slash at its end: what the `host` of an SDK is set to. */
  url: string
  port: number
  pipeline: Pipeline
  /** Absent in live mode. */
  sandbox?: Sandbox
  /** Takes nothing in any more, delivers what was taken in, and closes every connection and port. */
  stop: () => Promise<void>
}

const TOPSORT_HOST = 'api.topsort.com'

/** Not a real key: if anything goes wrong, Topsort does not take it. */
const SANDBOX_KEY = 'TSE_sandbox'

/**
 * Starts a workbench. Its sandbox takes Topsort's place for the whole process, so of two workbenches in one process the
 * later one is stopped first.
 *
 * @throws Error with a `code` such as `EADDRINUSE` if it cannot listen on the port, or a message of OpenSSL if the
 * certificate or its key cannot be used
 */
export async function startWorkbench({
  port,
  liveKey,
  tls,
  keep,
  strictBids,
  report,
  tell,
  log,
  timing
}: WorkbenchOptions): Promise<Workbench> {
  const findings = createFindings(tell)
  const sandboxOptions = { keep, strictBids, onAuction: findings.onAuction }
  const standIn = liveKey === undefined ? await startStandIn(sandboxOptions, log) : undefined
  const sandbox = standIn?.sandbox
  const settings = { api_key: liveKey ?? SANDBOX_KEY }
  const pipeline = createPipeline({
    definition: topsort,
    settings,
    report,
    keep,
    timing,
    onSettled: findings.onSettled
  })

  const { fetch } = createWorkbench({ pipeline, sandbox, findings, log })
  const onUnreadable = (problem: string): void => {
    pipeline.refuse(400, problem)
  }
  const listener = await listen({ fetch, port, tls, log, onUnreadable }).catch((error: unknown) => {
    standIn?.close()
    throw error
  })

  return {
    url: `${tls ? 'https' : 'http'}://localhost:${listener.port}`,
    port: listener.port,
    pipeline,
    sandbox,
    async stop() {
      listener.close()
      await pipeline.drain()
      standIn?.close()
    }
  }
}

/** Puts a sandbox in Topsort's place: on a port of its own, which answers to Topsort's name only. */
async function startStandIn(
  options: SandboxOptions,
  log: WorkbenchOptions['log']
): Promise<{ sandbox: Sandbox; close: () => void }> {
  const sandbox = createSandbox(options)
  const app: Sandbox['app'] = new Hono()
  app.use(async (c, next) => (c.req.header('host') === TOPSORT_HOST ? next() : c.text('Misdirected request', 421)))
  app.route('/', sandbox.app)

  const { port, close } = await listen({ fetch: app.fetch, port: 0, log })
  const unroute = routeHost(TOPSORT_HOST, port)
  return {
    sandbox,
    close() {
      unroute()
      close()
    }
  }
}
