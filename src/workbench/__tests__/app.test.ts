import { get, request } from 'node:http'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { createWorkbench } from '../app'
import type { Workbench } from '../server'
import { call, start } from './running'

let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
afterAll(() => workbench.stop())

/** Sends a request with headers that `fetch` does not allow. */
async function send(method: string, path: string, headers: NonNullable<RequestOptions['headers']>) {
  const outgoing = request({ port: workbench.port, host: '127.0.0.1', method, path, headers })
  outgoing.end()
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  const body = await text(response)
  return { status: response.statusCode, headers: response.headers, body: (body && JSON.parse(body)) as unknown }
}

describe('the workbench answers only this machine:', () => {
  test.each(['localhost', 'LOCALHOST:3000', '127.0.0.1', '127.0.0.1:80', '[::1]', '[::1]:3000'])(
    'requests to the host %s are answered',
    async (host) => {
      expect(await send('GET', '/workbench/mappings', { host })).toMatchObject({ status: 200 })
    }
  )

  test('requests to 10.0.2.2, the address of this machine in the Android emulator, are answered', async () => {
    expect(await send('GET', '/workbench/mappings', { host: '10.0.2.2:3000' })).toMatchObject({ status: 200 })
  })

  test.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:3000',
    '127.0.0.1.evil.example',
    '192.168.0.1',
    'api.topsort.com'
  ])('requests to the host %s are refused and recorded with what to do', async (host) => {
    const error = `Only requests to localhost, 127.0.0.1 or [::1] are answered. This one is for "${host}": set the host of the SDK to localhost.`
    for (const path of ['/workbench/mappings', '/v1/track', '/v2/events']) {
      expect(await send('POST', path, { host })).toMatchObject({ status: 403, body: { error } })
      expect(workbench.pipeline.deliveries().at(-1)).toMatchObject({
        event: null,
        stage: 'failed on ingest',
        status: 403,
        message: `POST ${path} was refused. ${error}`
      })
    }
  })

  test.each(['http://localhost:5173', 'http://127.0.0.1', 'https://[::1]:8443'])(
    'a page of %s may use the workbench',
    async (origin) => {
      const { status, headers } = await call(workbench, '/workbench/mappings', undefined, { origin })
      expect([status, headers.get('access-control-allow-origin')]).toEqual([200, origin])
    }
  )

  test.each(['https://evil.example', 'http://localhost.evil.example', 'null', 'file://'])(
    'a page of %s may not use the workbench, and its developer can read why',
    async (origin) => {
      const before = workbench.pipeline.deliveries().length
      const answer = await call(workbench, 'POST /v1/track', { event: 'Product Clicked', userId: 'u1' }, { origin })
      const error = `Only pages on localhost, a name below it, 127.0.0.1 or [::1] may use the workbench. This one is on "${origin}": open the shop on localhost.`
      expect(answer).toMatchObject({ status: 403, body: { error } })
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
      expect(workbench.pipeline.deliveries().slice(before)).toMatchObject([
        { event: null, stage: 'failed on ingest', message: `POST /v1/track was refused. ${error}` }
      ])
    }
  )

  const embedded = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }
  const opened = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

  test.each([
    ['an image', '/workbench/deliveries?query=e', embedded],
    ['an image', '/', embedded],
    ['a link', '/workbench/state', opened],
    ['a frame', '/', { ...opened, 'sec-fetch-dest': 'iframe' }],
    ['a script', '/page.js', { ...embedded, 'sec-fetch-dest': 'script' }]
  ])('%s on a page of another site may not request %s', async (_, path, headers) => {
    const { status, body } = await send('GET', path, { host: 'localhost', ...headers })
    expect([status, body]).toEqual([
      403,
      { error: expect.stringMatching(/^A page of another site made this request\. .* copy its URL/) as string }
    ])
  })

  test.each(['/', '/shop'])('a link on a page of another site may open %s', async (path) => {
    const outgoing = get({ port: workbench.port, host: '127.0.0.1', path, headers: { host: 'localhost', ...opened } })
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
    expect(await text(response)).toMatch(/^<!doctype html>/)
    expect(response.statusCode).toBe(200)
  })

  test.each([
    ['a shop on another name of this machine', '/v1/t', 'http://127.0.0.1:5173'],
    ["Segment's tester", '/manifest', 'https://app.segment.com']
  ])('%s may use %s though browsers call it another site', async (_, path, origin) => {
    const target = path === '/v1/t' ? `POST ${path}` : path
    const headers = { origin, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
    const body = path === '/v1/t' ? { event: 'Product Clicked', userId: 'u1' } : undefined
    const answer = await call(workbench, target, body, headers)
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin])
  })

  test.each([
    '/',
    '/page.js',
    '/workbench/counts',
    '/workbench/stream',
    '/nothing',
    'POST /v1/t',
    'OPTIONS /v1/t',
    '/v2/events'
  ])('the answer of %s is of use to pages of this machine only', async (target) => {
    const [path, method = 'GET'] = target.split(' ').reverse()
    const abort = new AbortController()
    const { headers } = await fetch(workbench.url + path, { method, signal: abort.signal })
    abort.abort()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  })

  test.each(['http://localhost:5173', 'https://evil.example'])(
    'a CORS preflight of a page of %s is answered and changes nothing',
    async (origin) => {
      const before = workbench.pipeline.deliveries().length
      const preflight = {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,content-type',
        'access-control-request-private-network': 'true'
      }
      expect(await send('OPTIONS', '/workbench/faults', preflight)).toMatchObject({
        status: 204,
        headers: {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': expect.stringContaining('PUT') as string,
          'access-control-allow-headers': 'authorization,content-type',
          'access-control-allow-private-network': 'true'
        }
      })
      expect(workbench.pipeline.deliveries()).toHaveLength(before)
    }
  )
})

test('requests of foreign sites do not push out the events of the shop, and are reported once', async () => {
  const lines: string[] = []
  const small = await start({ keep: 3, report: ({ message }) => lines.push(message) })
  try {
    await call(small, 'POST /v1/track', { event: 'Cart Viewed', userId: 'u1', messageId: 'mine' })
    const origin = 'https://evil.example'
    for (let count = 0; count < 9; count += 1) {
      await call(small, `/workbench/counts?${count}`, undefined, { origin })
    }
    const deliveries = small.pipeline.deliveries()
    expect(deliveries).toHaveLength(10)
    expect(deliveries[0]).toMatchObject({ event: { messageId: 'mine' } })
    expect(lines.filter((line) => line.includes(origin))).toHaveLength(1)
    expect(await call(small, '/workbench/deliveries/1')).toMatchObject({ body: { event: { messageId: 'mine' } } })
    expect(small.pipeline.counts()).toMatchObject({ received: 10, failedOnIngest: 9 })
  } finally {
    await small.stop()
  }
})

test('an error of the workbench itself is answered and logged', async () => {
  const lines: string[] = []
  const deliveries = () => {
    throw new Error('out of order')
  }
  const app = createWorkbench({ pipeline: { ...workbench.pipeline, deliveries }, log: (line) => lines.push(line) })
  const response = await app.request('/workbench/deliveries', { headers: { host: 'localhost' } })

  expect([response.status, await response.json()]).toEqual([500, { error: 'The workbench failed: out of order' }])
  expect(lines).toEqual([
    expect.stringMatching(/^The workbench failed at GET \/workbench\/deliveries: Error: out of order/)
  ])
})
