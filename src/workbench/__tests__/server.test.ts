import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import https from 'node:https'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import { Analytics } from '@segment/analytics-node'
import type * as TopsortSdk from '@topsort/sdk' with { 'resolution-mode': 'import' }
import type { Delivery } from '../../pipeline'
import { startWorkbench } from '../server'
import type { Workbench } from '../server'
import { call, start } from './running'

// The package has no types for `require`, which is what Jest makes of an import.
const { TopsortClient } = jest.requireActual<typeof TopsortSdk>('@topsort/sdk')

let workbench: Workbench
const reports: Delivery[] = []

const settledLedger = async () => (await call(workbench, '/workbench/ledger?wait')).body
const settledDeliveries = async () => (await call(workbench, '/workbench/deliveries?wait')).body

const click = {
  type: 'track',
  event: 'Product Clicked',
  messageId: 'm1',
  anonymousId: 'a1',
  timestamp: '2024-05-01T12:00:00.000Z',
  properties: { resolvedBidId: 'bid-1' }
}
const storedClick = {
  id: 'm1',
  occurredAt: '2024-05-01T12:00:00.000Z',
  opaqueUserId: 'a1',
  resolvedBidId: 'bid-1'
}
const withClicks = (...clicks: object[]) => ({ impressions: [], clicks, purchases: [], pageviews: [], links: [] })

beforeAll(async () => {
  workbench = await start({ report: (delivery) => reports.push(delivery) })
})
afterEach(async () => {
  await call(workbench, 'DELETE /workbench')
  reports.length = 0
})
afterAll(() => workbench.stop())

describe('events travel from an SDK to the ledger', () => {
  test("an event travels from Segment's library for Node to the ledger", async () => {
    const analytics = new Analytics({ writeKey: 'local', host: workbench.url, flushAt: 2 })
    analytics.track({ ...click, timestamp: new Date(click.timestamp) })
    analytics.page({
      userId: 'u1',
      messageId: 'm2',
      name: 'Home',
      timestamp: new Date(click.timestamp),
      context: { page: { path: '/' } }
    })
    await analytics.closeAndFlush()

    expect(await settledLedger()).toMatchObject({
      ...withClicks({ id: 'm1', opaqueUserId: 'a1', resolvedBidId: 'bid-1' }),
      pageviews: [{ id: 'm2', opaqueUserId: 'u1', page: { pageId: '/' } }]
    })
  })

  test("an event of Segment's library for browsers, which sends text, gets to the ledger", async () => {
    const answer = await call(workbench, 'POST /v1/t', click, {
      'content-type': 'text/plain',
      origin: 'http://localhost:5173'
    })
    expect(answer).toMatchObject({ status: 200, body: { success: true } })
    expect(await settledLedger()).toEqual(withClicks(storedClick))
  })

  test("an event of Topsort's library gets straight to the sandbox", async () => {
    const client = new TopsortClient({ apiKey: 'TSE_mine', host: workbench.url })
    expect(await client.reportEvent({ clicks: [storedClick] })).toEqual({ ok: true, retry: false })
    expect(await settledLedger()).toEqual(withClicks(storedClick))
    expect(await settledDeliveries()).toEqual([])
  })

  test.each([
    ['track', { event: 'Product Clicked' }],
    ['t', { event: 'Product Clicked' }],
    ['page', { name: 'Home' }],
    ['p', { name: 'Home' }],
    ['screen', { name: 'Home' }],
    ['s', { name: 'Home' }],
    ['identify', {}],
    ['i', {}],
    ['group', {}],
    ['g', {}],
    ['alias', {}],
    ['a', {}],
    ['import', { batch: [click] }],
    ['batch', { batch: [click] }],
    ['b', { batch: [click] }]
  ])('the Tracking API takes /v1/%s', async (path, message) => {
    expect(await call(workbench, `POST /v1/${path}`, { userId: 'u1', ...message })).toMatchObject({
      status: 200,
      body: { success: true }
    })
    expect(await settledDeliveries()).toHaveLength(1)
  })
})

test('metrics of the browser SDK are accepted and dropped', async () => {
  expect(await call(workbench, 'POST /v1/m', { series: [] })).toMatchObject({ status: 200, body: { success: true } })
  expect(await settledDeliveries()).toEqual([])
})

describe('the result of an event', () => {
  test('an event has one delivery, reported as soon as it is settled', async () => {
    await call(workbench, 'POST /v1/batch', {
      batch: [
        click,
        { ...click, messageId: 'm2', properties: {} },
        { ...click, messageId: 'm3', event: 'Cart Viewed' },
        { ...click, anonymousId: null }
      ]
    })
    const deliveries = await settledDeliveries()
    expect(deliveries).toEqual([
      expect.objectContaining({
        mapping: null,
        status: 400,
        ok: false,
        message: 'Segment refuses batch[3]: it has neither "userId" nor "anonymousId".'
      }),
      expect.objectContaining({
        mapping: null,
        status: 200,
        ok: true,
        message: 'No mapping that is switched on takes "Cart Viewed".'
      }),
      {
        event: { messageId: 'm1', type: 'track', name: 'Product Clicked', anonymousId: 'a1' },
        mapping: 'Click',
        status: 204,
        ok: true,
        stage: 'delivered',
        attempts: 1,
        message: '',
        payload: expect.objectContaining({ id: 'm1', resolvedBidId: 'bid-1' }) as unknown,
        sent: { clicks: [storedClick] },
        differences: expect.any(Array) as unknown
      },
      expect.objectContaining({
        event: { messageId: 'm2', type: 'track', name: 'Product Clicked', anonymousId: 'a1' },
        mapping: 'Click',
        status: 400,
        ok: false,
        reason: { code: 'about_nothing' }
      })
    ])
    expect(deliveries).toMatchObject(JSON.parse(JSON.stringify(reports)) as object[])
  })

  test('a delivery has its current state, unless the reader waits', async () => {
    await call(workbench, 'POST /v1/track', click)
    expect((await call(workbench, '/workbench/ledger')).body).toEqual(withClicks())
    expect((await call(workbench, '/workbench/deliveries')).body).toEqual([])
    expect(await settledLedger()).toEqual(withClicks(storedClick))
  })

  test('an event is delivered once and with the same id after scripted faults', async () => {
    const faults = [{ status: 503, times: 2 }]
    expect(await call(workbench, 'PUT /workbench/faults', faults)).toMatchObject({ status: 200, body: faults })
    await call(workbench, 'POST /v1/track', click)

    expect(await settledLedger()).toEqual(withClicks(storedClick))
    expect(await settledDeliveries()).toMatchObject([
      { event: { messageId: 'm1' }, status: 204, ok: true, attempts: 3 }
    ])
  })

  test("only the bad event of a batch fails, with Topsort's message", async () => {
    const bad = { ...click, messageId: 'm2', properties: { resolvedBidId: 'unknown' } }
    await call(workbench, 'POST /v1/batch', { batch: [click, bad] })

    expect(await settledLedger()).toEqual(withClicks(storedClick))
    expect(await settledDeliveries()).toMatchObject([
      { event: { messageId: 'm1' }, status: 204, ok: true },
      {
        event: { messageId: 'm2' },
        status: 400,
        ok: false,
        message: expect.stringContaining('resolved_bid_id_not_found') as string,
        reason: { code: 'topsort_refused', status: 400, errCode: 'resolved_bid_id_not_found' }
      }
    ])
  })

  test('the result of an event never contains the key', async () => {
    await call(workbench, 'PUT /workbench/faults', [{ status: 401, times: 1 }])
    await call(workbench, 'POST /v1/track', click)
    expect(await settledDeliveries()).toMatchObject([{ status: 401, ok: false }])
    expect(JSON.stringify(await settledDeliveries())).not.toContain('TSE_sandbox')
  })
})

describe('the deliveries can be read', () => {
  const bad = { ...click, messageId: 'm2', properties: { resolvedBidId: 'unknown' } }
  const odd = {
    ...click,
    messageId: 'm3',
    anonymousId: 'a3',
    properties: { resolvedBidId: ' bid-1', position: 'home_banner_top' },
    context: { page: { path: '/' } }
  }

  beforeEach(async () => {
    await call(workbench, 'POST /v1/batch', {
      batch: [click, bad, { ...click, messageId: 'm4', event: 'Cart Viewed' }]
    })
    await settledDeliveries()
    await call(workbench, 'POST /v1/track', odd)
  })

  const ids = async (query: string) => {
    const { body } = await call(workbench, `/workbench/deliveries?wait&query=${encodeURIComponent(query)}`)
    return (body as Delivery[]).map(({ event }) => event?.messageId).sort()
  }

  test('deliveries are found by a search', async () => {
    expect(await ids('is:failed')).toEqual(['m2'])
    expect(await ids('code:resolved_bid_id_not_found')).toEqual(['m2'])
    expect(await ids('code:topsort_refused')).toEqual(['m2'])
    expect(await ids('user:a3 mapping:click')).toEqual(['m3'])
    expect(await ids('event:"Product Clicked" -is:failed')).toEqual(['m1', 'm3'])
    expect(await ids('')).toEqual(['m1', 'm2', 'm3', 'm4'])
  })

  test('the newest delivery can be read, after a wait if requested', async () => {
    expect(await call(workbench, '/workbench/deliveries/latest?wait')).toMatchObject({
      status: 200,
      body: { event: { messageId: 'm3' }, stage: 'delivered' }
    })
    expect(await call(workbench, '/workbench/deliveries/latest?query=is:filtered')).toMatchObject({
      status: 200,
      body: { event: { messageId: 'm4' }, mapping: null }
    })
    expect(await call(workbench, '/workbench/deliveries/latest?query=nobody')).toMatchObject({
      status: 404,
      body: { error: 'No delivery matches the search: nobody' }
    })
    await call(workbench, 'DELETE /workbench')
    expect(await call(workbench, '/workbench/deliveries/latest')).toMatchObject({
      status: 404,
      body: { error: 'There are no deliveries yet.' }
    })
  })

  test('deliveries have their payload, the sent event and the differences', async () => {
    const { body } = await call(workbench, '/workbench/deliveries/latest?wait&query=id:m3')
    expect(Object.keys(body as object)).toEqual([
      'event',
      'mapping',
      'status',
      'ok',
      'stage',
      'attempts',
      'message',
      'payload',
      'sent',
      'differences'
    ])
    expect(body).toMatchObject({
      payload: { id: 'm3', resolvedBidId: ' bid-1', placement: { path: '/', position: 'home_banner_top' } },
      sent: { clicks: [{ id: 'm3', resolvedBidId: 'bid-1', placement: { path: '/' } }] },
      differences: expect.arrayContaining([
        { path: 'resolvedBidId', from: ' bid-1', to: 'bid-1' },
        { path: 'placement.position', from: 'home_banner_top' }
      ]) as unknown
    })
  })

  test('the deliveries of each stage are counted', async () => {
    expect(await call(workbench, '/workbench/counts?wait')).toMatchObject({
      status: 200,
      body: { received: 4, failedOnIngest: 0, filtered: 1, pendingRetry: 0, failed: 1, delivered: 2 }
    })
    await call(workbench, 'POST /v1/nothing', {})
    expect((await call(workbench, '/workbench/counts')).body).toEqual({
      received: 5,
      failedOnIngest: 1,
      filtered: 1,
      pendingRetry: 0,
      failed: 1,
      delivered: 2
    })
  })

  test.each(['/workbench/deliveries', '/workbench/deliveries/latest'])(
    'an invalid search of %s is answered with a message',
    async (path) => {
      expect(await call(workbench, `${path}?query=evnt:x`)).toMatchObject({
        status: 400,
        body: {
          error: expect.stringMatching(/^There is no search field "evnt"\. The fields are: is, has, /) as string
        }
      })
    }
  )
})

describe('mappings', () => {
  const names = [
    'Impression',
    'Click',
    'Purchase',
    'Impressions List',
    'Banner Impression',
    'Banner Click',
    'Page Views'
  ]

  test('a workbench starts with the presets, all switched on', async () => {
    expect(await call(workbench, '/workbench/mappings')).toMatchObject({
      status: 200,
      body: names.map((name) => ({ name, enabled: true }))
    })
  })

  test('mappings can be switched off one by one', async () => {
    const { body } = await call(workbench, 'PUT /workbench/mappings', [{ name: 'Click', enabled: false }])
    expect(body).toMatchObject(names.map((name) => ({ name, enabled: name !== 'Click' })))

    await call(workbench, 'POST /v1/track', click)
    expect(await settledDeliveries()).toMatchObject([{ mapping: null, ok: true }])
  })

  test.each([
    [[{ name: 'Nobody', enabled: true }], `There is no mapping "Nobody". The mappings are: ${names.join(', ')}.`],
    [[{ name: 'Click', enabled: 'no' }], expect.stringMatching(/^The switch mappings\[0\] is not /) as string],
    [[null], expect.stringMatching(/^mappings\[0\] is not an object\. Use a list/) as string],
    [{ name: 'Click', enabled: true }, expect.stringMatching(/^These are not mappings\. Use a list/) as string]
  ])('are not switched by %j', async (body, error) => {
    expect(await call(workbench, 'PUT /workbench/mappings', body)).toMatchObject({ status: 400, body: { error } })
  })
})

test('everything can be forgotten', async () => {
  await call(workbench, 'POST /v1/track', click)
  await settledLedger()
  await call(workbench, 'PUT /workbench/mappings', [{ name: 'Click', enabled: false }])
  await call(workbench, 'PUT /workbench/faults', [{ status: 400, times: 1 }])
  await call(workbench, 'POST /v1/page', { userId: 'u1', name: 'Home' })

  expect((await call(workbench, 'DELETE /workbench')).status).toBe(204)
  expect(await settledLedger()).toEqual(withClicks())
  expect(await settledDeliveries()).toEqual([])

  await call(workbench, 'POST /v1/track', click)
  expect(await settledLedger()).toEqual(withClicks(storedClick))
  expect(await settledDeliveries()).toMatchObject([{ mapping: 'Click', attempts: 1 }])
})

/** Returns the deliveries of requests that were refused as a whole. */
const refusals = () =>
  workbench.pipeline.deliveries().map(({ event, stage, status, message }) => ({ event, stage, status, message }))

describe('a request that is refused as a whole', () => {
  const batchOf = (bytes: number) => `{"batch":[],"x":"${'x'.repeat(bytes)}"}`
  const notJson = /^The body is not JSON in UTF-8\. Send the body as JSON, as the SDKs do\.$/
  const nothingThere = /^There is nothing at \/v1\/nothing\. SDKs of Segment send to \/v1\/batch, .*: check the host/

  test.each<[string, string | undefined, number, RegExp, Record<string, string>?]>([
    ['POST /v1/track', '{"event":', 400, notJson],
    ['POST /v1/track', '', 400, notJson],
    ['POST /v1/track', '[]', 400, /^The body must be a JSON object\.$/],
    ['POST /v1/batch', '{}', 400, /^"batch" must be a list of messages\.$/],
    ['POST /v1/batch', batchOf(500 * 1024), 413, /^The body is larger than 500 KB\. Send fewer events in a request/],
    ['POST /v1/batch', '{}', 400, /^The body is not valid gzip\./, { 'content-encoding': 'gzip' }],
    [
      'POST /v1/batch',
      '{}',
      415,
      /^The Content-Encoding "lzw" is not supported\. Use gzip/,
      { 'content-encoding': 'lzw' }
    ],
    ['POST /v1/nothing', '{}', 404, nothingThere],
    ['POST /capture', '{}', 404, /^There is nothing at \/capture\. SDKs of Segment send to/],
    ['PUT /v1/track', '{}', 405, /^\/v1\/track takes POST only\.$/],
    ['/v1/track', undefined, 405, /^\/v1\/track takes POST only\.$/]
  ])(
    'a request that is refused as a whole has a message, and is recorded with what to do: %s %#',
    async (target, body, status, error, headers = {}) => {
      const answer = await call(workbench, target, body, headers)
      expect(answer).toMatchObject({ status, body: { error: expect.stringMatching(error) as string } })
      const { error: sentence } = answer.body as { error: string }
      const [path, method = 'GET'] = target.split(' ').reverse()
      expect(refusals()).toEqual([
        { event: null, stage: 'failed on ingest', status, message: `${method} ${path} was refused. ${sentence}` }
      ])
      expect(reports).toHaveLength(1)
    }
  )

  test.each<[string, string, number, RegExp, Record<string, string>?]>([
    ['POST /v2/events', '{"clicks":', 400, /The body is not JSON in UTF-8\.$/],
    ['POST /v2/events', '{}', 415, /The Content-Encoding "lzw" is not supported/, { 'content-encoding': 'lzw' }],
    ['POST /v2/events', `"${'x'.repeat(10_000_000)}"`, 413, /The body is larger than 10 MB\.$/],
    ['POST /v2/nothing', '{}', 404, /Not Found\.$/],
    ['PUT /v2/events', '{}', 405, /Method Not Allowed\.$/]
  ])(
    'a request that the sandbox refuses as a whole is recorded: %s %#',
    async (target, body, status, message, headers = {}) => {
      const answer = await call(workbench, target, body, { authorization: 'Bearer TSE_mine', ...headers })
      expect(answer.status).toBe(status)
      expect(refusals()).toMatchObject([
        { event: null, stage: 'failed on ingest', status, message: expect.stringMatching(message) as string }
      ])
    }
  )

  test.each<[string, string | undefined, number, RegExp]>([
    ['PUT /workbench/faults', '[{"status":503,"times":0}]', 400, /times/],
    ['/workbench/tracks', undefined, 404, /^There is nothing at \/workbench\/tracks\.$/],
    ['/favicon.png', undefined, 404, /^There is nothing at \/favicon\.png\.$/],
    ['DELETE /workbench/mappings', undefined, 405, /^\/workbench\/mappings takes GET, HEAD, PUT only\.$/]
  ])('a refused request without events has a message, and is not recorded: %s', async (target, body, status, error) => {
    const answer = await call(workbench, target, body)
    expect(answer).toMatchObject({ status, body: { error: expect.stringMatching(error) as string } })
    expect(refusals()).toEqual([])
  })

  test('a refused method is answered with the allowed methods', async () => {
    expect((await call(workbench, '/v1/track')).headers.get('allow')).toBe('POST')
  })

  test.each([
    [
      'breaks off',
      'POST /v1/track HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"event"',
      /^POST \/v1\/track was refused\. The connection closed before the whole body arrived\./
    ],
    [
      'is not HTTP',
      'hello\r\n\r\n',
      /^A client sent something that is not HTTP \(HPE_\w+\)\. Check its host and port\.$/
    ],
    [
      'is HTTPS',
      Buffer.from('16030100', 'hex'),
      /^A client spoke HTTPS to this port, which speaks HTTP\. Set its host to http:\/\/, or start with --cert and --key\.$/
    ],
    [
      'has huge headers',
      `POST /v1/track HTTP/1.1\r\nHost: localhost\r\nCookie: ${'x'.repeat(20_000)}\r\n\r\n`,
      /^The headers of a request are larger than 16 KB\. Send smaller cookies\.$/
    ]
  ])('a connection that %s does no harm, and is recorded', async (_, bytes, message) => {
    const socket = net.connect(workbench.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.end(bytes)
    socket.resume()
    await once(socket, 'close')
    while (refusals().length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(refusals()).toMatchObject([
      { event: null, stage: 'failed on ingest', message: expect.stringMatching(message) as string }
    ])
  })
})

describe('a host with a slash at its end works', () => {
  test("Segment's library for Node works with a slash at the end of its host", async () => {
    const analytics = new Analytics({ writeKey: 'local', host: `${workbench.url}/` })
    analytics.track({ ...click, timestamp: new Date(click.timestamp) })
    await analytics.closeAndFlush()
    expect(await settledLedger()).toMatchObject(withClicks({ id: 'm1' }))
  })

  test("Topsort's library works with a slash at the end of its host", async () => {
    const client = new TopsortClient({ apiKey: 'TSE_mine', host: `${workbench.url}/` })
    expect(await client.reportEvent({ clicks: [storedClick] })).toEqual({ ok: true, retry: false })
    expect(await settledLedger()).toEqual(withClicks(storedClick))
  })

  test.each(['//v1/batch', '/v1//batch', '/v1/batch/', '//v1/batch/?x=//'])(
    'the path %s reaches the route of batches',
    async (path) => {
      expect((await call(workbench, `POST ${path}`, { batch: [click] })).status).toBe(200)
      expect(await settledLedger()).toEqual(withClicks(storedClick))
    }
  )
})

describe("a slash at the end of a path of Topsort's API", () => {
  const TOPSORT_KEY = { authorization: 'Bearer TSE_mine' }

  test.each(['/v2/events/', '/v2/auctions/', '//v2/events/?x=1', '/v2/events/beta/link-users/'])(
    'a request to %s is answered with 404, as at Topsort, and is shown',
    async (path) => {
      const { status, body } = await call(workbench, `POST ${path}`, { clicks: [storedClick] }, TOPSORT_KEY)
      const [known] = path.replace('//', '/').split('/?')
      expect([status, body]).toMatchObject([
        404,
        { errCode: 'not_found', message: expect.stringContaining('without a slash at the end') as string }
      ])
      expect(await settledLedger()).toMatchObject({ clicks: [] })
      expect(refusals()).toMatchObject([
        { event: null, message: expect.stringContaining(known.replace(/\/$/, '')) as string }
      ])
    }
  )
})

describe('answers of any size', () => {
  test('large answers are streamed, and count dropped entries', async () => {
    await workbench.stop()
    workbench = await start({ keep: 100, report: (delivery) => reports.push(delivery) })
    const big = (messageId: string) => ({ ...click, messageId, event: `Cart Viewed ${'x'.repeat(30_000)}` })
    for (let index = 0; index < 15; index += 1) {
      const batch = Array.from({ length: 10 }, (_, place) => ({ ...big(`b${index}-${place}`) }))
      expect((await call(workbench, 'POST /v1/batch', { batch })).status).toBe(200)
    }
    const { headers, body } = await call(workbench, '/workbench/deliveries')
    expect(body).toHaveLength(100)
    expect(body).toMatchObject([{ event: { messageId: 'b5-0' } }, ...Array.from({ length: 99 }, () => ({}))])
    expect(headers.get('x-dropped')).toBe('50')
    expect(headers.get('transfer-encoding')).toBe('chunked')
  })

  test('the ledger counts its dropped entries', async () => {
    const batch = Array.from({ length: 150 }, (_, index) => ({ ...click, messageId: `c${index}` }))
    await call(workbench, 'POST /v1/batch', { batch })
    const ledger = (await settledLedger()) as { clicks: { id: string }[]; dropped: unknown }
    expect([ledger.clicks.length, ledger.clicks[0].id]).toEqual([100, 'c50'])
    expect(ledger.dropped).toMatchObject({ impressions: 0, clicks: 50, purchases: 0, pageviews: 0 })
  })
})

describe('four batches at once', () => {
  test('other batches do not wait for one whose answer is slow', async () => {
    await call(workbench, 'PUT /workbench/faults', [{ status: 204, times: 1, delay: 3_000 }])
    const batch = Array.from({ length: 400 }, (_, index) => ({ ...click, messageId: `s${index}` }))
    await call(workbench, 'POST /v1/batch', { batch })
    while (workbench.pipeline.counts().delivered < 350) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(workbench.pipeline.pending().count).toBe(50)
    await settledDeliveries()
    expect(workbench.pipeline.counts().delivered).toBe(400)
  })
})

describe('the sandbox stands in for Topsort', () => {
  const topsort = async (path: string, headers: https.RequestOptions['headers'] = {}) => {
    const request = https.request(`https://api.topsort.com${path}`, { method: 'POST', headers })
    request.end('{}')
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return { status: response.statusCode, body: await text(response) }
  }

  test('the sandbox answers every request of this process to Topsort', async () => {
    await call(workbench, 'PUT /workbench/faults', [{ status: 418, times: 1 }])
    expect(await topsort('/v2/events')).toMatchObject({ status: 418 })
    expect(await topsort('/anything')).toMatchObject({ status: 404 })
  })

  test('the sandbox answers only requests to the host of Topsort', async () => {
    expect(await topsort('/v2/events', { host: 'localhost' })).toEqual({ status: 421, body: 'Misdirected request' })
  })

  test('the sandbox breaks connections if a fault says so', async () => {
    await call(workbench, 'PUT /workbench/faults', [{ status: 204, times: 1, cut: 'before' }])
    await expect(call(workbench, 'POST /v2/events', {})).rejects.toThrow('fetch failed')
  })
})

describe('starting and stopping', () => {
  test('a port that is in use is refused, and nothing keeps running', async () => {
    const agent = https.globalAgent
    await expect(start({ port: workbench.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    expect(https.globalAgent).toBe(agent)
  })

  test('pending events are delivered before the end, and no new ones are accepted', async () => {
    const agent = https.globalAgent
    const delivered: Delivery[] = []
    const other = await start({ report: (delivery) => delivered.push(delivery) })
    await call(other, 'POST /v1/track', click)
    await other.stop()

    expect(delivered).toMatchObject([{ mapping: 'Click', status: 204 }])
    expect(other.sandbox?.ledger()).toEqual(withClicks(storedClick))
    expect(https.globalAgent).toBe(agent)
    await expect(call(other, '/workbench/mappings')).rejects.toThrow('fetch failed')
  })
})

describe('in live mode', () => {
  let live: Workbench
  let agent: https.Agent

  beforeAll(async () => {
    agent = https.globalAgent
    live = await startWorkbench({ port: 0, liveKey: 'TSE_live', log: () => undefined })
  })
  afterAll(() => live.stop())

  test('in live mode, requests to Topsort go to Topsort', () => {
    expect(https.globalAgent).toBe(agent)
    expect(live.sandbox).toBeUndefined()
  })

  test.each(['POST /v2/events', '/workbench/ledger', 'PUT /workbench/faults'])(
    'live mode has no sandbox: %s',
    async (target) => {
      const body = target.startsWith('/') ? undefined : '[]'
      expect(await call(live, target, body)).toMatchObject({
        status: 404,
        body: { error: 'There is no sandbox in live mode: events go to Topsort itself.' }
      })
    }
  )

  test('live mode has all other routes', async () => {
    await call(live, 'DELETE /workbench')
    await call(live, 'POST /v1/track', { ...click, event: 'Cart Viewed' })
    expect((await call(live, '/workbench/deliveries')).body).toMatchObject([{ mapping: null, ok: true }])
    expect((await call(live, 'DELETE /workbench')).status).toBe(204)
  })
})
