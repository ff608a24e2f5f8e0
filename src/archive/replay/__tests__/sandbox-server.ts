import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { createSandbox } from '../../../sandbox'
import type { SandboxExchange, Sandbox } from '../../../sandbox'

/** A sandbox that other processes can reach. */
export type SandboxServer = Sandbox & { url: string; exchanges: SandboxExchange[]; close: () => Promise<void> }

/** @param onRequest is called with each request as it is answered */
export async function startSandbox(
  onRequest: (exchange: SandboxExchange) => void = () => undefined
): Promise<SandboxServer> {
  const exchanges: SandboxExchange[] = []
  const sandbox = createSandbox({
    keep: 1_000_000,
    onRequest(exchange) {
      exchanges.push(exchange)
      onRequest(exchange)
    }
  })
  const server = createAdaptorServer({ fetch: sandbox.app.fetch }) as Server
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    ...sandbox,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    }
  }
}

/** Returns the ids of all events of a request. */
export function idsOf(body: unknown): string[] {
  return Object.values(Object(body) as Record<string, { id: string }[]>).flatMap((list) => list.map(({ id }) => id))
}
