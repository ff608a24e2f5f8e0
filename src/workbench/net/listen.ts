import { once } from 'node:events'
import http from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'

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
  onUnreadable?: (problem: string) => void
}

/** A server that is listening. */
export type Listener = {
  port: number
  /** Closes the port and all connections. A kept-alive connection would still accept requests. */
  close: () => void
}

/** The first byte of a connection that starts with TLS. */
const TLS_HANDSHAKE = 0x16

/** Starts a server on 127.0.0.1. @throws Error with a `code` such as `EADDRINUSE` if it cannot listen on the port */
export async function listen({ fetch, port, tls, log, onUnreadable }: ListenOptions): Promise<Listener> {
  const answer = getRequestListener(fetch)
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    request.url = normalizePath(request.url)
    void answer(request, response)
  }
  const server = tls ? https.createServer(tls, onRequest) : http.createServer(onRequest)
  // If the server closed a connection just when a client sends its next request, it would look like an outage.
  server.keepAliveTimeout = 0
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  server.on('error', (error) => {
    log(`The server failed: ${error.message}`)
  })
  server.on('clientError', (error: ParserError, socket: Duplex) => {
    answerUnreadable(socket, error)
    const problem = problemOf(error)
    if (problem) onUnreadable?.(problem)
  })
  server.on('tlsClientError', ({ message }: Error) => {
    onUnreadable?.(`A client could not connect over HTTPS: ${reasonOfTls(message)}`)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      closeServer(server)
    }
  }
}

/** The error of Node's HTTP parser. */
type ParserError = NodeJS.ErrnoException & { rawPacket?: Buffer }

/**
 * Removes the extra slash that an SDK sends if its host ends with one: `http://localhost:3000/` and `/v1/batch` make
 * `//v1/batch`. Keeps a slash at the end of a path of Topsort's API, because Topsort answers 404 to it.
 */
function normalizePath(url = '/'): string {
  const [path, ...query] = url.split('?')
  const single = path.replace(/\/{2,}/g, '/')
  return [single.startsWith('/v2/') ? single : single.replace(/(?<=.)\/$/, ''), ...query].join('?')
}

/** Closes the connection. Node does it only if nobody listens for the error. */
function answerUnreadable(socket: Duplex, { code }: ParserError): void {
  if (code === 'ECONNRESET' || !socket.writable) return
  const status = code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`)
}

function problemOf({ code, rawPacket }: ParserError): string | undefined {
  if (rawPacket?.[0] === TLS_HANDSHAKE) {
    return 'A client spoke HTTPS to this port, which speaks HTTP. Set its host to http://, or start with --cert and --key.'
  }
  // The reader of the body reports clients that disconnect, and `tlsClientError` reports errors of TLS. A client that
  // disconnects during a long answer, such as a page that is reloaded, has made no mistake.
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'HPE_INVALID_EOF_STATE' || code?.startsWith('ERR_SSL'))
    return undefined
  if (code === 'HPE_HEADER_OVERFLOW') return 'The headers of a request are larger than 16 KB. Send smaller cookies.'
  return `A client sent something that is not HTTP (${code ?? 'unknown error'}). Check its host and port.`
}

function reasonOfTls(message: string): string {
  if (/http request/i.test(message)) return 'it spoke HTTP. Set its host to https://.'
  if (/alert|certificate|unknown ca/i.test(message)) {
    return 'it does not trust the certificate. See docs/workbench.md#https.'
  }
  return `${message.trim()}.`
}

function closeServer(server: Server | https.Server): void {
  server.close()
  server.closeAllConnections()
}
