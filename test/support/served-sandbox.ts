import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { createSandbox } from '../../src/sandbox'
import type { Exchange, Sandbox, SandboxApp } from '../../src/sandbox'
import { routeHost } from '../../src/workbench/route-host'

/** A sandbox in Topsort's place: all that this process sends to Topsort arrives there, over HTTP. */
export type ServedSandbox = Sandbox & {
  /** The requests so far, in the order in which they were answered. */
  exchanges: Exchange[]
  close: () => Promise<void>
}

/** @param wrap puts something of the test's own between the connection and the sandbox */
export async function serveSandbox(wrap: (app: SandboxApp) => SandboxApp = (app) => app): Promise<ServedSandbox> {
  const exchanges: Exchange[] = []
  const sandbox = createSandbox({ onRequest: (exchange) => exchanges.push(exchange) })
  const server = createAdaptorServer({ fetch: wrap(sandbox.app).fetch }) as Server
  // A connection that the server closes just when the next request is sent would be a fault that no test has asked for.
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
