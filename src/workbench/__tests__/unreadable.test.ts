import net from 'node:net'
import { text } from 'node:stream/consumers'
import type { Workbench } from '../server'
import { call, start } from './running'

let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
afterEach(() => call(workbench, 'DELETE /workbench'))
afterAll(() => workbench.stop())

/** Sends text over a connection of its own, and returns everything that comes back. */
async function send(sent: string): Promise<string> {
  const socket = net.connect(workbench.port, '127.0.0.1')
  socket.write(sent)
  return text(socket)
}

function lastRefusal() {
  const { status, message, stage } = workbench.pipeline.deliveries().at(-1)!
  return { status, message, stage }
}

test.each([
  [
    'HTTP/1.0 without a host',
    'GET /workbench/counts HTTP/1.0\r\n\r\n',
    400,
    /sent no header Host\. Send Host: localhost/
  ],
  ['an empty host', 'GET / HTTP/1.1\r\nHost:\r\n\r\n', 400, /sent no header Host/],
  ['HTTP/1.1 without a host', 'GET / HTTP/1.1\r\n\r\n', 400, /sent no header Host/],
  ['an invalid host', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n', 400, /sent the invalid header Host: "a b"/],
  ['an invalid URL', 'GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n', 400, /sent/],
  [
    'an unknown expectation',
    'POST /v1/t HTTP/1.1\r\nHost: localhost\r\nExpect: wat\r\nContent-Length: 0\r\n\r\n',
    417,
    /expects "wat"/
  ],
  [
    'a tunnel',
    'CONNECT api.segment.io:443 HTTP/1.1\r\nHost: api.segment.io:443\r\n\r\n',
    405,
    /tunnel to "api\.segment\.io:443"\. .*NO_PROXY/
  ],
  ['no HTTP', 'hello\r\n\r\n', 400, /not HTTP/],
  [
    'too large headers',
    `GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    /larger than 16 KB/
  ]
])('%s is answered with a sentence and recorded', async (_, sent, status, sentence) => {
  const answer = await send(sent)
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.[01] ${status} `))
  const body = JSON.parse(/\{.*\}/.exec(answer)![0]) as { error: string }
  expect(body.error).toMatch(sentence)
  expect(lastRefusal()).toEqual({ status, message: body.error, stage: 'failed on ingest' })
})

test('a request in the form for a proxy works if it is for this machine', async () => {
  const body = JSON.stringify({ event: 'Cart Viewed', userId: 'u1' })
  const answer = await send(
    `POST http://localhost:${workbench.port}//v1/track HTTP/1.1\r\nHost: proxy.example\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  )
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  expect(await call(workbench, '/workbench/counts?wait')).toMatchObject({ body: { received: 1, filtered: 1 } })
})

test('a request in the form for a proxy is refused if it is for another machine', async () => {
  const answer = await send(
    'GET http://api.segment.io/v1/track HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
  )
  expect(answer).toMatch(/^HTTP\/1\.1 403 /)
  expect(lastRefusal().message).toMatch(/This one is for "api\.segment\.io"/)
})

test('requests are answered before what follows them and is not HTTP', async () => {
  const valid = 'GET /workbench/counts HTTP/1.1\r\nHost: localhost\r\n\r\n'
  const answer = await send(`${valid.repeat(20)}garbage\r\n\r\n`)
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([...Array<string>(20).fill('HTTP/1.1 200'), 'HTTP/1.1 400'])
})

test('a body that breaks off into something else is answered', async () => {
  const answer = await send(
    'POST /v1/t HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{"\r\nzz\r\n'
  )
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
})
