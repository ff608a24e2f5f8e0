import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { clip } from '../../core'
import { PROTECTION } from './loopback'

/** Gets a sentence about a request that could not be read, and the status of its answer. */
export type OnUnreadable = (problem: string, status: number) => void

/** The error of Node's HTTP parser. */
type ParserError = NodeJS.ErrnoException & { rawPacket?: Buffer }

/** A request that could not be read. */
type Problem = { status: number; error: string }

/** The first byte of a connection that starts with TLS. */
const TLS_HANDSHAKE = 0x16

/** A longer value in a message says nothing more. */
const MAX_SHOWN = 100

const PROXY_CURE =
  'The workbench is no proxy. Exclude localhost from the proxy settings of the client: NO_PROXY=localhost'

/**
 * Answers what the HTTP server would answer itself without a word: what is not HTTP, `CONNECT`, and an unknown `Expect`.
 * Requests before it in the same connection are answered first.
 */
export function answerUnreadable(server: Server, onUnreadable: OnUnreadable): void {
  const underWay = trackRequests(server)

  server.on('clientError', (error: ParserError, socket: Duplex) => {
    const problem = problemOf(error)
    if (problem) onUnreadable(problem.error, problem.status)
    void underWay.ended(socket).then(() => {
      end(socket, problem)
    })
  })
  server.on('connect', ({ url = '' }: IncomingMessage, socket: Duplex) => {
    const problem = { status: 405, error: `A client asked for a tunnel to "${clip(url, MAX_SHOWN)}". ${PROXY_CURE}` }
    onUnreadable(problem.error, problem.status)
    socket.on('error', () => undefined)
    end(socket, problem)
  })
  server.on('checkExpectation', ({ headers }: IncomingMessage, response: ServerResponse) => {
    const error = `A client expects "${clip(headers.expect ?? '', MAX_SHOWN)}", which no server knows. Remove the header Expect.`
    answer(response, { status: 417, error }, onUnreadable)
  })
  server.on('tlsClientError', ({ message }: Error) => {
    onUnreadable(`A client could not connect over HTTPS: ${reasonOfTls(message)}`, 400)
  })
}

/**
 * Makes the target of a request a path. It may be a whole URL, as clients with a proxy setting send it. Removes the extra
 * slash that an SDK sends if its host ends with one: `http://localhost:3000/` and `/v1/batch` make `//v1/batch`. Keeps a
 * slash at the end of a path of Topsort's API, because Topsort answers 404 to it.
 *
 * @returns whether the request can be read. If not, it is answered
 */
export function normalizeTarget(
  request: IncomingMessage,
  response: ServerResponse,
  onUnreadable: OnUnreadable
): boolean {
  const { url = '/' } = request
  if (/^https?:\/\//i.test(url)) {
    const target = URL.canParse(url) ? new URL(url) : undefined
    if (!target) return refuse(`A client sent the invalid URL "${clip(url, MAX_SHOWN)}". ${PROXY_CURE}`)
    // The host of the URL counts, and not that of the header. Source: RFC 9112, section 3.2.2
    setHost(request, target.host)
    request.url = normalizePath(target.pathname + target.search)
    return true
  }
  const { host = '' } = request.headers
  if (host.trim() === '') return refuse('A client sent no header Host. Send Host: localhost, as HTTP/1.1 requires.')
  if (!URL.canParse(`http://${host}`)) {
    return refuse(`A client sent the invalid header Host: "${clip(host, MAX_SHOWN)}". Send Host: localhost.`)
  }
  if (url !== '*' && !url.startsWith('/')) {
    return refuse(`A client asked for "${clip(url, MAX_SHOWN)}", which is not a path. Start it with a slash.`)
  }
  request.url = url === '*' ? '/' : normalizePath(url)
  return true

  function refuse(error: string): false {
    answer(response, { status: 400, error }, onUnreadable)
    return false
  }
}

function setHost(request: IncomingMessage, host: string): void {
  const { rawHeaders } = request
  const others = rawHeaders.filter((_, index) => rawHeaders[index - (index % 2)].toLowerCase() !== 'host')
  rawHeaders.splice(0, rawHeaders.length, ...others, 'Host', host)
  request.headers.host = host
}

function normalizePath(url: string): string {
  const [path, ...query] = url.split('?')
  const single = path.replace(/\/{2,}/g, '/')
  return [single.startsWith('/v2/') ? single : single.replace(/(?<=.)\/$/, ''), ...query].join('?')
}

function answer(response: ServerResponse, { status, error }: Problem, onUnreadable: OnUnreadable): void {
  onUnreadable(error, status)
  response.writeHead(status, { ...PROTECTION, 'Content-Type': 'application/json', Connection: 'close' })
  response.end(JSON.stringify({ error }))
}

/** Answers if there is a problem, and closes the connection. Node does it only if nobody listens for the error. */
function end(socket: Duplex, problem: Problem | undefined): void {
  if (!socket.writable) return
  if (!problem) {
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    return
  }
  const { status, error } = problem
  const body = JSON.stringify({ error })
  const headers = {
    ...PROTECTION,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close'
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
}

function problemOf({ code, rawPacket }: ParserError): Problem | undefined {
  if (rawPacket?.[0] === TLS_HANDSHAKE) {
    const error =
      'A client spoke HTTPS to this port, which speaks HTTP. Set its host to http://, or start with --cert and --key.'
    return { status: 400, error }
  }
  // The reader of the body reports clients that disconnect, and `tlsClientError` reports errors of TLS. A client that
  // disconnects during a long answer, such as a page that is reloaded, has made no mistake.
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'HPE_INVALID_EOF_STATE' || code?.startsWith('ERR_SSL'))
    return undefined
  if (code === 'HPE_HEADER_OVERFLOW') {
    return { status: 431, error: 'The headers of a request are larger than 16 KB. Send smaller cookies.' }
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { status: 408, error: 'A client took too long to send a request.' }
  }
  const error = `A client sent something that is not HTTP (${code ?? 'unknown error'}). Check its host and port.`
  return { status: 400, error }
}

function reasonOfTls(message: string): string {
  if (/http request/i.test(message)) return 'it spoke HTTP. Set its host to https://.'
  if (/alert|certificate|unknown ca/i.test(message)) {
    return 'it does not trust the certificate. See docs/workbench.md#https.'
  }
  return `${message.trim()}.`
}

/** Knows the requests of each connection that are not answered. */
function trackRequests(server: Server): { ended: (socket: Duplex) => Promise<unknown> } {
  const bySocket = new WeakMap<Duplex, Map<IncomingMessage, Promise<unknown>>>()

  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const requests = bySocket.get(request.socket) ?? new Map<IncomingMessage, Promise<unknown>>()
    const closed = new Promise((resolve) => response.once('close', resolve)).then(() => requests.delete(request))
    bySocket.set(request.socket, requests.set(request, closed))
  })

  return {
    /** Resolves when the requests that came in as a whole are answered. The others wait for the rest of their body. */
    ended(socket) {
      const requests = [...(bySocket.get(socket) ?? [])]
      return Promise.all(requests.flatMap(([request, closed]) => (request.complete ? closed : [])))
    }
  }
}
