import type { Workbench } from '../server'
import { call, start } from './running'

let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
afterEach(() => call(workbench, 'DELETE /workbench'))
afterAll(() => workbench.stop())

const origin = 'https://app.segment.com'
const settings = { api_key: 'TSE_of_the_tester' }
const event = {
  type: 'track',
  event: 'Product Clicked',
  messageId: 'm1',
  anonymousId: 'a1',
  timestamp: '2024-05-01T12:00:00.000Z',
  properties: { product_id: 'p1' }
}
const sentClick = (id: string) => ({
  id,
  occurredAt: '2024-05-01T12:00:00.000Z',
  opaqueUserId: 'a1',
  entity: { type: 'product', id: 'p1' }
})

test('the manifest is the definition with the name of its folder', async () => {
  const { status, body, headers } = await call(workbench, '/manifest', undefined, { origin })
  expect([status, headers.get('access-control-allow-origin')]).toEqual([200, origin])
  expect(body).toMatchObject({
    name: 'Topsort',
    slug: 'actions-topsort',
    directoryName: 'topsort',
    actions: { click: { title: 'Click', fields: { resolvedBidId: { label: 'Resolved Bid ID' } } } },
    authentication: { fields: { api_key: { type: 'password' } } }
  })
})

test('settings are checked with the destination itself', async () => {
  expect((await call(workbench, 'POST /authenticate', settings, { origin })).body).toEqual({ ok: true })
  expect((await call(workbench, 'POST /authenticate', { api_key: 'other' }, { origin })).body).toEqual({
    ok: false,
    error: expect.stringContaining('Topsort did not accept the API key') as string,
    fields: []
  })
})

test('an event is sent with the defaults of its fields, and the key is redacted', async () => {
  const { status, body } = await call(workbench, 'POST /click', { payload: event, settings }, { origin })
  expect(status).toBe(200)
  expect(body).toEqual([
    {
      request: {
        url: 'https://api.topsort.com/v2/events',
        method: 'POST',
        headers: { authorization: 'Bearer [redacted]', 'content-type': 'application/json' },
        body: JSON.stringify({ clicks: [sentClick('m1')] })
      },
      response: { statusCode: 204, statusMessage: 'No Content', headers: expect.any(Object) as object, body: '' },
      results: [{ status: 204, ok: true, message: '', sent: { clicks: [sentClick('m1')] } }]
    }
  ])
  expect((await call(workbench, '/workbench/ledger')).body).toMatchObject({ clicks: [{ id: 'm1' }] })
})

test('a list of events is sent as a batch, and each event has its own result', async () => {
  const payload = [event, { ...event, messageId: 'm2', properties: {} }, { ...event, messageId: 'm3' }]
  const { body } = await call(workbench, 'POST /click', { payload, settings }, { origin })
  expect(body).toMatchObject([
    {
      request: { body: JSON.stringify({ clicks: [sentClick('m1'), sentClick('m3')] }) },
      response: { statusCode: 204 },
      results: [
        { status: 204, ok: true },
        {
          status: 400,
          ok: false,
          message: expect.stringContaining('about nothing') as string,
          reason: { code: 'about_nothing' }
        },
        { status: 204, ok: true }
      ]
    }
  ])
})

test.each([
  ['an event', (click: object) => click],
  ['a list of events', (click: object) => [click]]
])('%s that is delivered in part has a message, and its reason as data', async (_, toPayload) => {
  const click = { ...event, properties: { product_id: 'p1', clickType: 'image' } }
  const { body } = await call(workbench, 'POST /click', { payload: toPayload(click), settings }, { origin })
  expect(body).toMatchObject([
    {
      results: [
        {
          status: 204,
          ok: true,
          message: expect.stringContaining('the click type "image"') as string,
          reason: { code: 'click_type_unknown', value: '"image"' },
          sent: { clicks: [sentClick('m1')] }
        }
      ]
    }
  ])
})

test('an event that fails alone has the reason as data', async () => {
  const payload = { ...event, properties: {} }
  const { body } = await call(workbench, 'POST /click', { payload, settings }, { origin })
  expect(body).toMatchObject([{ results: [{ status: 400, ok: false, reason: { code: 'about_nothing' } }] }])
})

test('a mapping of the tester wins over the defaults', async () => {
  const mapping = { productId: 'p9' }
  const { body } = await call(workbench, 'POST /click', { payload: event, settings, mapping }, { origin })
  expect(body).toMatchObject([{ results: [{ sent: { clicks: [{ entity: { id: 'p9' } }] } }] }])
})

test('an event that is invalid is answered with 200, the reason and the fields', async () => {
  const payload = { ...event, messageId: null }
  const { status, body } = await call(workbench, 'POST /click', { payload, settings }, { origin })
  expect(status).toBe(200)
  expect(body).toEqual([
    {
      statusCode: 400,
      message: expect.stringMatching(/required field 'id'/) as string,
      stack: expect.any(String) as string,
      fields: expect.any(Array) as string[],
      requestError: true,
      results: [
        {
          status: 400,
          ok: false,
          message: expect.stringMatching(/required field 'id'/) as string,
          reason: { code: 'required_field_missing', fields: ['id'] }
        }
      ]
    }
  ])
})

test.each([
  ['an invalid event', { payload: { ...event, messageId: null } }],
  ['an invalid mapping', { payload: event, mapping: { productId: { '@nothing': 1 } } }],
  ['a value without a text', { payload: event, mapping: { productId: { '@template': '{{event.x' } } }],
  [
    'a value that throws',
    {
      payload: [{ ...event, properties: { toString: 'x' } }],
      mapping: { productId: { '@template': '{{properties}}' } }
    }
  ]
])('the answer about %s shows no path of this machine', async (_, body) => {
  const answer = await call(workbench, 'POST /click', { settings, ...body }, { origin })
  expect(answer).toMatchObject({ status: 200 })
  expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.js:|\.ts:/)
})

test.each([
  ['an empty list', { payload: [] }, /^"payload" is an empty list\. Send at least one event\.$/],
  ['no payload', {}, /needs "payload"/],
  ['a payload that is text', { payload: 'x' }, /must be a JSON object/],
  ['a list of texts', { payload: ['x'] }, /must be a JSON object/],
  ['settings that are a list', { payload: event, settings: [] }, /"settings" must be a JSON object/]
])('%s is refused', async (_, body, error) => {
  const answer = await call(workbench, 'POST /click', body, { origin })
  expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(error) as string } })
})

test.each(['https://app.segment.com', 'https://eu1.app.segment.com'])(
  'pages of %s may use these routes, and no others',
  async (page) => {
    const use = async (target: string) => (await call(workbench, target, undefined, { origin: page })).status
    expect(await use('/manifest')).toBe(200)
    for (const target of ['/workbench/ledger', '/workbench/state', '/', 'DELETE /workbench', 'POST /v1/track']) {
      expect(await use(target)).toBe(403)
    }
    expect((await call(workbench, '/manifest', undefined, { origin: 'https://evil.example' })).status).toBe(403)
  }
)

test('the answer allows the page to reach a private network', async () => {
  const { headers } = await call(workbench, 'OPTIONS /click', undefined, {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
    'access-control-request-private-network': 'true'
  })
  expect(headers.get('access-control-allow-private-network')).toBe('true')
  expect(headers.get('access-control-allow-origin')).toBe(origin)
})
