import { once } from 'node:events'
import http from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { answerUnreadable, normalizeTarget, type OnUnreadable } from './unreadable'

/** A certificate and its private key, in PEM. */
export type Tls = { cert: string; key: string }

/** The options of a server. */
export type ListenOptions = {
  fetch: Parameters<typeof getRequestListener>[0]
  /** The port on 127.0.0.1. 0 for any free port. */
  port: number
  /** Makes the server speak only HTTPS. */
  tls?: Tls
  /** Gets a line about an error of the server itself. */
  log: (line: string) => void
  /** Gets a sentence about a connection that sent no valid request, and what to do. */
  onUnreadable?: OnUnreadable
}

/** A server that is listening. */
export type Listener = {
  port: number
  /** Closes the port and all connections. A kept-alive connection would still accept requests. */
  close: () => void
}

/** Starts a server on 127.0.0.1. @throws Error with a `code` such as `EADDRINUSE` if it cannot listen on the port */
export async function listen({
  fetch,
  port,
  tls,
  log,
  onUnreadable = () => undefined
}: ListenOptions): Promise<Listener> {
  const answer = getRequestListener(fetch)
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    if (normalizeTarget(request, response, onUnreadable)) void answer(request, response)
  }
  // `normalizeTarget` answers requests without the header.
  const options = { requireHostHeader: false }
  const server = tls ? https.createServer({ ...tls, ...options }, onRequest) : http.createServer(options, onRequest)
  // If the server closed a connection just when a client sends its next request, it would look like an outage.
  server.keepAliveTimeout = 0
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  server.on('error', (error) => {
    log(`The server failed: ${error.message}`)
  })
  answerUnreadable(server, onUnreadable)
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      closeServer(server)
    }
  }
}

function closeServer(server: Server | https.Server): void {
  server.close()
  server.closeAllConnections()
}
