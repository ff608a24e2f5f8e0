import type { DeliveryRow, WholeDelivery } from '../api'
import type { Workbench } from '../server'
import { call, start } from './running'
import { openStream } from './stream'

let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
afterEach(() => call(workbench, 'DELETE /workbench'))
afterAll(() => workbench.stop())

/** Sends events, and returns the details of each delivery. */
async function deliver(...batch: object[]): Promise<WholeDelivery[]> {
  await call(workbench, 'POST /v1/batch', { batch })
  await call(workbench, '/workbench/counts?wait')
  const client = await openStream(workbench)
  const messages = await client.until(({ event }) => event === 'findings')
  client.close()
  const rows = messages.flatMap((message) => (message.event === 'rows' ? message.data : []))
  const bySequence = rows.sort((one, other) => one.sequence - other.sequence)
  return Promise.all(bySequence.map(({ sequence }) => read(sequence)))
}

async function read(sequence: number): Promise<WholeDelivery> {
  return (await call(workbench, `/workbench/deliveries/${sequence}`)).body as WholeDelivery
}

const click = (messageId: string, properties: object = { product_id: 'p1' }) => ({
  type: 'track',
  event: 'Product Clicked',
  messageId,
  anonymousId: 'a1',
  timestamp: '2024-05-01T12:00:00.000Z',
  context: { page: { path: '/x' } },
  properties
})

test('a delivery has all steps from the call to the answer, and explains each difference', async () => {
  const [whole] = await deliver(click('m1', { product_id: 'p1', position: 'home_banner_top' }))
  expect(whole).toMatchObject({
    action: 'click',
    mapping: 'Click',
    stage: 'delivered',
    call: { messageId: 'm1', properties: { position: 'home_banner_top' } },
    payload: { id: 'm1', placement: { path: '/x', position: 'home_banner_top' } },
    sent: { clicks: [{ id: 'm1', placement: { path: '/x' } }] },
    differences: [
      {
        path: 'placement.position',
        from: 'home_banner_top',
        label: 'Placement: Position',
        description: 'The place in the list of products, counted from 1.',
        rule: expect.stringContaining('only whole numbers from 1') as string
      }
    ],
    tries: [{ status: 204, at: expect.stringMatching(/Z$/) as string, duration: expect.any(Number) as number }],
    exchanges: [
      {
        request: {
          method: 'POST',
          url: 'https://api.topsort.com/v2/events',
          headers: { authorization: 'Bearer [redacted]', 'content-type': 'application/json' },
          body: { clicks: [{ id: 'm1' }] }
        },
        answer: { status: 204 }
      }
    ],
    billable: null
  } satisfies Partial<DeliveryRow & { [Key in keyof WholeDelivery]: unknown }>)
})

const list = (messageId: string, product: object) => ({
  ...click(messageId, { products: [{ product_id: 'p1' }, { product_id: 'p2', ...product }] }),
  event: 'Product List Viewed'
})
const order = (messageId: string, line: object) => ({
  ...click(messageId, { products: [{ product_id: 'p1', price: 2, ...line }] }),
  event: 'Order Completed'
})

test.each<[string, object, string, RegExp]>([
  ['a bid that is none', click('m1', { product_id: 'p1', resolvedBidId: 'null' }), 'resolvedBidId', /missing value/],
  ['no ad', click('m1', { product_id: 'p1', resolvedBidId: false }), 'resolvedBidId', /no ad/],
  ['a product that is none', click('m1', { product_id: 'NaN', resolvedBidId: 'b1' }), 'productId', /missing value/],
  ['an unknown click type', click('m1', { product_id: 'p1', clickType: 'image' }), 'clickType', /its message says so/],
  [
    'an unknown kind of attribution',
    click('m1', { resolvedBidId: 'b1', additionalAttribution: { id: 'b', type: 'brand' } }),
    'additionalAttribution.type',
    /message of the event says/
  ],
  ['a vendor that is none', order('m1', { vendorId: 'undefined' }), 'items[0].vendorId', /missing value/],
  ['a vendor that is no id', order('m1', { vendorId: true }), 'items[0].vendorId', /cannot be the id of a vendor/],
  ['a listed bid that is none', list('m1', { resolvedBidId: 'null' }), 'products[1].resolvedBidId', /missing value/],
  ['a listed position', list('m1', { position: 'top' }), 'products[1].position', /whole numbers from 1/],
  [
    'a listed attribution without a bid',
    list('m1', { additionalAttribution: { id: 'v', type: 'vendor' } }),
    'products[1].additionalAttribution',
    /only beside a resolvedBidId/
  ]
])('a value that is omitted is explained: %s', async (_, event, path, rule) => {
  const [{ stage, differences }] = await deliver(event)
  expect(stage).toBe('delivered')
  expect(
    differences.filter((difference) => difference.path.startsWith(path) && rule.test(difference.rule))
  ).not.toEqual([])
})

test('a line total that is sent as a unit price is explained, also if it wins over one', async () => {
  const { body } = await call(workbench, '/workbench/mappings')
  const purchase = (body as { name: string; action: string; trigger: string; mapping: object }[]).find(
    ({ action }) => action === 'purchase'
  )!
  const items = {
    '@arrayPath': [
      '$.properties.products',
      {
        productId: { '@path': '$.product_id' },
        quantity: { '@path': '$.quantity' },
        unitPrice: { '@path': '$.unit' },
        lineTotal: { '@path': '$.price' }
      }
    ]
  }
  await call(workbench, 'PUT /workbench/mappings', [
    { ...purchase, name: 'Totals', mapping: { ...purchase.mapping, items } }
  ])
  const [{ sent, differences }] = await deliver(order('m1', { price: '59.97', quantity: 3, unit: 59.97 }))
  expect(sent).toMatchObject({ purchases: [{ items: [{ productId: 'p1', unitPrice: 19.99, quantity: 3 }] }] })
  expect(differences).toMatchObject([
    { path: 'items[0].unitPrice', to: 19.99, rule: expect.stringContaining('wins over its unit price') as string },
    {
      path: 'items[0].lineTotal',
      to: 19.99,
      sentPlace: 'purchases[0].items[0].unitPrice',
      label: 'Items: Line Total',
      rule: 'The unit price is the total of the line divided by the quantity.'
    }
  ])
})

test('of two lines with the same product, the one that was left out is listed', async () => {
  const products = [
    { product_id: 'p1', quantity: 1, price: 0 },
    { product_id: 'p1', quantity: 2, price: '5.00' }
  ]
  const [{ sent, differences }] = await deliver({ ...click('m1', { products }), event: 'Order Completed' })
  expect(sent).toMatchObject({ purchases: [{ items: [{ productId: 'p1', quantity: 2, unitPrice: 5 }] }] })
  expect(differences).toMatchObject([
    { path: 'items[0]', rule: expect.stringContaining('This line of the order is omitted') as string },
    { path: 'items[1].unitPrice', to: 5, sentPlace: 'purchases[0].items[0].unitPrice' }
  ])
})

test('each attempt has its answer, and an attempt whose connection broke has none', async () => {
  await call(workbench, 'PUT /workbench/faults', [
    { status: 503, times: 1 },
    { status: 204, times: 1, cut: 'before' }
  ])
  const [whole] = await deliver(click('m1'))
  expect(whole.tries.map(({ status }) => status)).toEqual([503, 503, 204])
  expect(whole.exchanges.map(({ answer }) => answer?.status)).toEqual([503, undefined, 204])
  expect(whole.exchanges[1].error).toEqual(expect.any(String))
})

test('an event of a batch has only its own requests, also if the batch was split', async () => {
  const [good, bad] = await deliver(click('m1'), click('m2', { resolvedBidId: 'unknown-1' }))
  const idsOf = ({ exchanges }: WholeDelivery) =>
    exchanges.map(({ request }) => (request.body as { clicks: { id: string }[] }).clicks.map(({ id }) => id))
  expect(idsOf(good)).toEqual([['m1', 'm2'], ['m1']])
  expect(idsOf(bad)).toEqual([['m1', 'm2'], ['m2']])
  expect(bad).toMatchObject({
    stage: 'failed',
    message: expect.stringContaining('resolved_bid_id_not_found') as string,
    reason: { code: 'topsort_refused', errCode: 'resolved_bid_id_not_found' },
    codes: ['topsort_refused', 'resolved_bid_id_not_found']
  })
  expect(good.codes).toEqual([])
  expect(good).not.toHaveProperty('reason')
})

test('an event that reached no mapping has its call and no payload', async () => {
  const [filtered] = await deliver({ ...click('m1'), event: 'Cart Viewed' })
  expect(filtered).toMatchObject({ stage: 'filtered', call: { event: 'Cart Viewed' }, tries: [], exchanges: [] })
  expect(filtered).not.toHaveProperty('payload')
  expect(filtered).not.toHaveProperty('action')
})

test('an event that was edited on the page is delivered', async () => {
  const origin = workbench.url
  const edited = { ...click('m2'), receivedAt: '2020-01-01T00:00:00.000Z' }
  const answer = await call(workbench, 'POST /v1/batch', { batch: [edited] }, { origin })
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin])
  expect(await call(workbench, '/workbench/deliveries/latest?wait')).toMatchObject({
    body: { stage: 'delivered', event: { messageId: 'm2' } }
  })
})

test.each(['0', '999999999', '99999999999999999999'])('there is no delivery %s', async (sequence) => {
  expect(await call(workbench, `/workbench/deliveries/${sequence}`)).toMatchObject({
    status: 404,
    body: { error: expect.stringMatching(/^There is no delivery/) as string }
  })
})

test('events that were lost are replayed with their ids, and stored once', async () => {
  await call(workbench, 'PUT /workbench/faults', [{ status: 401, until: 'ended' }])
  const [lost] = await deliver(click('m1'))
  expect(lost.stage).toBe('failed')
  await call(workbench, 'PUT /workbench/faults', [])
  await deliver(click('m2'))
  const replay = () => call(workbench, 'POST /workbench/replay', { messageIds: ['m1', 'm2', 'unknown'] })
  expect(await replay()).toMatchObject({ status: 200, body: { replayed: 2 } })
  expect((await call(workbench, '/workbench/deliveries?wait&query=id:m1')).body).toMatchObject([
    { ok: false },
    { ok: true }
  ])
  const { clicks } = (await call(workbench, '/workbench/ledger')).body as { clicks: { id: string; repeat?: true }[] }
  expect(clicks.flatMap(({ id, repeat }) => (repeat ? [] : id)).sort()).toEqual(['m1', 'm2'])
  expect((await call(workbench, '/workbench/counts')).body).toMatchObject({ received: 4, failed: 1, delivered: 3 })
  expect((await call(workbench, 'POST /workbench/replay', {})).status).toBe(400)
})

test('deliveries can be searched by a finding', async () => {
  await deliver(click('m1', { resolvedBidId: 'unknown-1' }), click('m2'))
  const { body } = await call(workbench, '/workbench/deliveries?query=finding:unknown-bid')
  expect(body).toMatchObject([{ event: { messageId: 'm1' } }])
})
