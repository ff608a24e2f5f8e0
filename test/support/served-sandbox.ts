import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { createSandbox } from '../../src/sandbox'
import type { SandboxExchange, Sandbox, SandboxApp } from '../../src/sandbox'
import { routeHost } from '../../src/workbench/net/route-host'

/** A sandbox that replaces Topsort. It receives all requests of this process for Topsort, over HTTP. */
export type ServedSandbox = Sandbox & {
  /** The requests so far, in the order of their answers. */
  exchanges: SandboxExchange[]
  close: () => Promise<void>
}

/**
 * Serves a sandbox, and sends the requests of this process for Topsort to it.
 *
 * @param wrap changes the app of the sandbox before it is served
 */
export async function serveSandbox(wrap: (app: SandboxApp) => SandboxApp = (app) => app): Promise<ServedSandbox> {
  const exchanges: SandboxExchange[] = []
  const sandbox = createSandbox({ onRequest: (exchange) => exchanges.push(exchange) })
  const server = createAdaptorServer({ fetch: wrap(sandbox.app).fetch }) as Server
  // With a limit, the server could close a connection at the moment of the next request, and that request would fail.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const unroute = routeHost('api.topsort.com', (server.address() as AddressInfo).port)
  return {
    ...sandbox,
    exchanges,
    async close() {
      unroute()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    }
  }
}
