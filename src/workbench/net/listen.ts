import { once } from 'node:events'
import http from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import https from 'node:https'
import type net from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { answerUnreadable, normalizeTarget, type OnUnreadable } from './unreadable'

/** A certificate and its private key, in PEM. */
export type Tls = { cert: string; key: string }

type ListenOptions = {
  fetch: Parameters<typeof getRequestListener>[0]
  /** 0 for any free port. */
  port: number
  /** Makes the server speak only HTTPS. */
  tls?: Tls
  /** Gets a line about an error of the server itself. */
  log: (line: string) => void
  /** Gets a sentence about a connection that sent no valid request, and what to do. */
  onUnreadable?: OnUnreadable
}

/** A server that is listening. `close` also closes kept-alive connections, which would still accept requests. */
type Listener = { port: number; close: () => void }

/** How often another free port is tried, if the first one is free for IPv4 only. */
const MAX_TRIES = 5

/**
 * Starts a server on 127.0.0.1 and on [::1], which `localhost` means to many clients. Logs a line if another server has
 * the port on [::1]. A machine may have no IPv6.
 *
 * @throws Error with a `code` such as `EADDRINUSE` if it cannot listen on 127.0.0.1
 */
export async function listen(options: ListenOptions, tries = 1): Promise<Listener> {
  const servers = [createServer(options)]
  await startListening(servers[0], { port: options.port, host: '127.0.0.1' })
  const { port } = servers[0].address() as net.AddressInfo
  const close = (): void => {
    servers.forEach(closeServer)
  }
  const ofIpv6 = createServer(options)
  try {
    await startListening(ofIpv6, { port, host: '::1', ipv6Only: true })
    servers.push(ofIpv6)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      if (options.port === 0 && tries < MAX_TRIES) {
        close()
        return listen(options, tries + 1)
      }
      options.log(
        `Another server has port ${port} on [::1]. A client that takes localhost for [::1] does not reach this one. Stop the other server, or set the host to 127.0.0.1:${port}.`
      )
    }
  }
  for (const server of servers) {
    server.on('error', (error) => {
      options.log(`The server failed: ${error.message}`)
    })
  }
  return { port, close }
}

async function startListening(server: Server, target: net.ListenOptions): Promise<void> {
  server.listen(target)
  await once(server, 'listening')
}

function createServer({ fetch, tls, onUnreadable = () => undefined }: ListenOptions): Server {
  const answer = getRequestListener(fetch)
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (normalizeTarget(request, response, onUnreadable)) void answer(request, response)
  }
  // `normalizeTarget` answers requests without the header.
  const options = { requireHostHeader: false }
  const server = tls ? https.createServer({ ...tls, ...options }, onRequest) : http.createServer(options, onRequest)
  // If the server closed a connection just when a client sends its next request, it would look like an outage.
  server.keepAliveTimeout = 0
  answerUnreadable(server, onUnreadable)
  return server
}

function closeServer(server: Server): void {
  server.close()
  server.closeAllConnections()
}
