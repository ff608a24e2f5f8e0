import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import topsort from '../destinations/topsort'
import { createPipeline } from '../pipeline'
import type { Delivery, Pipeline, Timing } from '../pipeline'
import { createSandbox } from '../sandbox'
import type { Sandbox } from '../sandbox'
import { createWorkbench } from './app'
import { routeHost } from './route-host'

/** How a workbench is started. */
export type WorkbenchOptions = {
  /** On 127.0.0.1; 0 for any that is free. */
  port: number
  /**
   * A Marketplace API key. With it, events go to Topsort itself, where they are billed; nothing else makes them.
   * Without it they go to a sandbox in this process, and no request of the process can reach Topsort.
   */
  liveKey?: string
  /** Is told of each delivery as soon as it is settled. */
  report?: (delivery: Delivery) => void
  /** Gets a line about each error that no client has made. */
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

type Fetch = Parameters<typeof getRequestListener>[0]

type Listener = { port: number; close: () => void }

const TOPSORT_HOST = 'api.topsort.com'

/** No real key: whatever goes wrong, Topsort does not take it. */
const SANDBOX_KEY = 'TSE_sandbox'

/**
 * Starts a workbench. Its sandbox takes Topsort's place for the whole process, so of two workbenches in one process the
 * later is stopped first.
 *
 * @throws Error with the `code` `EADDRINUSE` and the like when it cannot listen on the port
 */
export async function startWorkbench({ port, liveKey, report, log, timing }: WorkbenchOptions): Promise<Workbench> {
  const standIn = liveKey === undefined ? await startStandIn(log) : undefined
  const sandbox = standIn?.sandbox
  const settings = { api_key: liveKey ?? SANDBOX_KEY }
  const pipeline = createPipeline({ definition: topsort, settings, report, timing })

  const listener = await listen(createWorkbench({ pipeline, sandbox, log }).fetch, port, log).catch(
    (error: unknown) => {
      standIn?.close()
      throw error
    }
  )

  return {
    url: `http://localhost:${listener.port}`,
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
async function startStandIn(log: WorkbenchOptions['log']): Promise<{ sandbox: Sandbox; close: () => void }> {
  const sandbox = createSandbox()
  const app: Sandbox['app'] = new Hono()
  app.use(async (c, next) => (c.req.header('host') === TOPSORT_HOST ? next() : c.text('Misdirected request', 421)))
  app.route('/', sandbox.app)

  const { port, close } = await listen(app.fetch, 0, log)
  const unroute = routeHost(TOPSORT_HOST, port)
  return {
    sandbox,
    close() {
      unroute()
      close()
    }
  }
}

async function listen(fetch: Fetch, port: number, log: WorkbenchOptions['log']): Promise<Listener> {
  const answer = getRequestListener(fetch)
  const server = createServer((request, response) => void answer(request, response))
  // A connection that the server closes just when a client sends its next request would look like an outage.
  server.keepAliveTimeout = 0
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  server.on('error', (error) => {
    log(`The server failed: ${error.message}`)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      closeServer(server)
    }
  }
}

/** Closes the port and every connection: one that is kept alive would go on taking in requests. */
function closeServer(server: Server): void {
  server.close()
  server.closeAllConnections()
}
