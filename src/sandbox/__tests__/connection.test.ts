import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { serve, type ServerType } from '@hono/node-server'
import { createSandbox, type SandboxExchange, type Fault } from '..'
import { emptyLedger, errorBody, full, fullLedger, KEY, NOW, report } from './events'

const exchanges: SandboxExchange[] = []
const sandbox = createSandbox({ now: () => NOW, onRequest: (exchange) => exchanges.push(exchange) })
let server: ServerType
let port: number

beforeAll(async () => {
  server = serve({ fetch: sandbox.app.fetch, hostname: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})

afterAll(async () => {
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
  await once(server, 'close')
})

beforeEach(() => {
  sandbox.forget()
  exchanges.length = 0
})

const send = (body: unknown = full, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}/v2/events`, { ...report(body), ...init })

/** Reports events, and returns all bytes until the connection ends. */
async function rawAnswer(): Promise<string> {
  const body = JSON.stringify(full)
  const socket = connect(port, '127.0.0.1')
  socket.write(
    `POST /v2/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEY}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  )
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

describe('over HTTP', () => {
  test('the sandbox answers 204 without a body, and the connection serves the next request', async () => {
    for (const response of [await send(), await send()]) {
      expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([204, null, ''])
    }
    expect(sandbox.ledger().clicks).toHaveLength(4)
  })

  test('a client with a body far over the limit receives the 413', async () => {
    const response = await send('x'.repeat(30_000_000))
    expect([response.status, await response.json()]).toEqual([
      413,
      errorBody('request_too_large', 'The body is larger than 10 MB')
    ])
  })

  test('a client with a large body and a bad key receives the 401', async () => {
    const response = await send('x'.repeat(9_000_000), { headers: { Authorization: 'Bearer wrong' } })
    expect([response.status, await response.json()]).toMatchObject([401, { errCode: 'invalid_api_key' }])
  })
})

describe('a cut connection', () => {
  const scripted = (status: number, cut: Fault['cut']): Fault => ({ status, times: 1, cut })

  test.each([
    ['before', 204, emptyLedger, false],
    ['before', 500, emptyLedger, false],
    ['after', 204, fullLedger, true],
    ['after', 500, emptyLedger, false]
  ] as const)('a cut connection %s an answer of %d sends no byte', async (cut, status, ledger, stored) => {
    sandbox.script([scripted(status, cut)])
    expect(await rawAnswer()).toBe('')
    expect(sandbox.ledger()).toEqual(ledger)
    expect(exchanges).toEqual([{ body: full, status: 0, stored }])
  })

  test('a cut connection during an answer of 204 stores the events and sends half of a 200', async () => {
    sandbox.script([scripted(204, 'during')])
    const [head, body] = (await rawAnswer()).split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(head).toMatch(/content-length: 2(\r\n|$)/i)
    expect(body).toBe('{')
    expect(sandbox.ledger()).toEqual(fullLedger)
    expect(exchanges).toEqual([{ body: full, status: 200, stored: true }])
  })

  test('a cut connection during an answer of 503 stores nothing and sends half of the error', async () => {
    sandbox.script([scripted(503, 'during')])
    const [head, body] = (await rawAnswer()).split('\r\n\r\n')
    const whole = JSON.stringify(errorBody('internal_server_error', 'Service Unavailable'))
    expect(head).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/)
    expect(body).toBe(whole.slice(0, Math.floor(whole.length / 2)))
    expect(sandbox.ledger()).toEqual(emptyLedger)
    expect(exchanges).toEqual([{ body: full, status: 503, stored: false }])
  })

  test('a cut connection is cut after its delay', async () => {
    sandbox.script([{ ...scripted(204, 'after'), delay: 60 }])
    const pending = send().catch(() => 'cut')
    const early = await Promise.race([pending, new Promise((resolve) => setTimeout(resolve, 5, 'nothing yet'))])
    expect([early, await pending]).toEqual(['nothing yet', 'cut'])
  })

  test('a cut connection affects one request only', async () => {
    sandbox.script([scripted(204, 'before')])
    await expect(send()).rejects.toThrow('fetch failed')
    expect((await send()).status).toBe(204)
    expect(sandbox.ledger()).toEqual(fullLedger)
  })
})

test('the events of a client that gives up during a delay are stored', async () => {
  sandbox.script([{ status: 204, times: 1, delay: 1_000 }])
  const client = new AbortController()
  const pending = send(full, { signal: client.signal })
  while (sandbox.ledger().clicks.length === 0) await setImmediate()
  client.abort()
  await expect(pending).rejects.toThrow('aborted')
  expect(sandbox.ledger()).toEqual(fullLedger)
  expect((await send()).status).toBe(204)
})
