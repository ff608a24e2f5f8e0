import type { DeliveryRow, WholeDelivery } from '../api'
import type { Workbench } from '../server'
import { call, start } from './running'
import { openStream, type StreamClient } from './stream'

let workbench: Workbench
const clients: StreamClient[] = []

beforeAll(async () => {
  workbench = await start()
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await call(workbench, 'DELETE /workbench')
})
afterAll(() => workbench.stop())

const key = { authorization: 'Bearer TSE_any' }

async function runAuction(opaqueUserId: string): Promise<string> {
  const auction = { type: 'listings', slots: 1, products: { ids: ['p_PJbnN'] }, opaqueUserId }
  const { body } = await call(workbench, 'POST /v2/auctions', { auctions: [auction] }, key)
  return (body as { results: { winners: { resolvedBidId: string }[] }[] }).results[0].winners[0].resolvedBidId
}

const track = (messageId: string, event: string, properties: object, user = 'ann') =>
  call(workbench, 'POST /v1/track', { messageId, event, anonymousId: user, properties })

const settle = () => call(workbench, '/workbench/counts?wait')

/** Returns the newest row of each event, by message id. */
async function readRows(): Promise<Map<string, DeliveryRow>> {
  const client = await openStream(workbench)
  clients.push(client)
  const messages = await client.until(({ event }) => event === 'findings')
  const rows = messages.flatMap((message) => (message.event === 'rows' ? message.data : []))
  return new Map(rows.map((row) => [row.event?.messageId ?? '', row]))
}

async function readWhole(messageId: string): Promise<WholeDelivery> {
  const { sequence } = (await readRows()).get(messageId)!
  return (await call(workbench, `/workbench/deliveries/${sequence}`)).body as WholeDelivery
}

const yogurt = { product_id: 'p_PJbnN', name: 'Vanilla yogurt', price: 12.95 }

/** An ad that is seen, clicked and ordered, with a second line that no ad gets the credit for. */
async function shop(): Promise<string> {
  const resolvedBidId = await runAuction('ann')
  await track('view', 'Product Viewed', { ...yogurt, resolvedBidId })
  await settle()
  await track('click', 'Product Clicked', { ...yogurt, resolvedBidId })
  await settle()
  await track('order', 'Order Completed', {
    order_id: '1001',
    currency: 'USD',
    products: [
      { ...yogurt, quantity: 2 },
      { product_id: 'p_Mfk15', price: 1.1 }
    ]
  })
  await settle()
  return resolvedBidId
}

test('a row says what the event is about, whether it is an ad, and what an order is worth', async () => {
  const bid = await shop()
  const rows = await readRows()
  expect(rows.get('click')).toMatchObject({
    answer: 204,
    about: { kind: 'product', id: 'p_PJbnN', name: 'Vanilla yogurt' },
    ad: { sponsored: 1, of: 1, bid, auction: { format: 'listings' } }
  })
  expect(rows.get('click')).not.toHaveProperty('value')
  expect(rows.get('order')).toMatchObject({
    about: { kind: 'product', id: 'p_PJbnN', name: 'Vanilla yogurt', quantity: 2, more: 1 },
    value: { amount: 27, currency: 'USD', credited: 25.9, why: 'other_product' }
  })
  expect(rows.get('order')).not.toHaveProperty('ad')
})

test('a row tells organic events, lists, pages, banners and links apart', async () => {
  await track('organic', 'Product Clicked', yogurt)
  await track('list', 'Product List Viewed', { products: [{ ...yogurt, resolvedBidId: 'own' }, { product_id: 'p_2' }] })
  await track('banner', 'Banner Click', { resolvedBidId: 'own', object: { type: 'banner', assetId: 'spring' } })
  await call(workbench, 'POST /v1/page', {
    messageId: 'page',
    name: 'Yogurt',
    anonymousId: 'ann',
    properties: { path: '/yogurt' }
  })
  await track('other', 'Cart Viewed', { products: [yogurt] })
  await track('offsite', 'Product Clicked', { ...yogurt, channel: 'offsite', externalCampaignId: 'summer' })
  await settle()
  const rows = await readRows()
  expect(rows.get('organic')!.ad).toEqual({ sponsored: 0, of: 1 })
  expect(rows.get('offsite')!.ad).toEqual({ sponsored: 0, of: 1, isOffsite: true })
  expect(await readWhole('offsite')).not.toHaveProperty('story')
  expect(rows.get('list')).toMatchObject({ about: { id: 'p_PJbnN', more: 1 }, ad: { sponsored: 1, of: 2, bid: 'own' } })
  expect(rows.get('list')!.ad).not.toHaveProperty('auction')
  expect(rows.get('banner')).toMatchObject({ about: { kind: 'banner', id: 'spring' }, ad: { sponsored: 1 } })
  expect(rows.get('page')).toMatchObject({ about: { kind: 'page', id: '/yogurt' } })
  expect(rows.get('other')).toMatchObject({ stage: 'filtered', about: { name: 'Vanilla yogurt' } })
})

test('a row has a status only if Topsort answered, and says what was lost', async () => {
  await track('gift', 'Order Completed', { order_id: '1', products: [{ ...yogurt, price: 0 }] })
  await track('part', 'Order Completed', { order_id: '2', products: [yogurt, { product_id: 'p_2', price: 0 }] })
  await track('none', 'Order Completed', { order_id: '3', revenue: 5 })
  await track('unknown', 'Product Clicked', { ...yogurt, resolvedBidId: 'unknown-1' })
  await settle()
  const rows = await readRows()
  expect(rows.get('gift')).toMatchObject({ stage: 'delivered', isNothingSent: true })
  expect(rows.get('part')).toMatchObject({ stage: 'delivered', answer: 204, isPartial: true })
  expect(rows.get('none')).toMatchObject({ stage: 'failed', status: 400, value: { amount: 5 } })
  expect(rows.get('none')).not.toHaveProperty('answer')
  expect(rows.get('unknown')).toMatchObject({ stage: 'failed', answer: 400 })
  expect((await readWhole('unknown')).tries).toMatchObject([{ status: 400, answer: 400 }])
})

test('the row of an order changes when a later event gets the credit for it', async () => {
  const client = await openStream(workbench)
  clients.push(client)
  const bid = await runAuction('ann')
  const at = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()
  await track('order', 'Order Completed', { order_id: '1', products: [yogurt] })
  await settle()
  const valueOf = (message: Awaited<ReturnType<StreamClient['until']>>[number]) =>
    message.event === 'rows' ? message.data.find(({ value }) => value?.credited !== undefined)?.value : undefined
  const before = await client.until((message) => valueOf(message) !== undefined)
  expect(before.map(valueOf).find(Boolean)).toMatchObject({ credited: 0, why: 'no_ad' })

  const click = { id: 'late', occurredAt: at(-0.5), opaqueUserId: 'ann', resolvedBidId: bid }
  await call(workbench, 'POST /v2/events', { clicks: [click] }, key)
  await client.until((message) => (valueOf(message)?.credited ?? 0) > 0)
})

test('the story of an order leads from the auction over the view and the click to its credit', async () => {
  await shop()
  const rows = await readRows()
  const sequence = (messageId: string) => rows.get(messageId)!.sequence
  const { story } = await readWhole('order')
  expect(story).toMatchObject({
    kind: 'order',
    about: 'p_PJbnN',
    isSponsored: true,
    auction: { format: 'listings', winner: 'p_PJbnN', user: 'ann' },
    view: { id: 'view', sequence: sequence('view') },
    click: { id: 'click', sequence: sequence('click') },
    order: {
      revenue: 27,
      credited: 25.9,
      lines: 2,
      lost: { revenue: 1.1, productId: 'p_Mfk15', code: 'other_product', event: { sequence: sequence('click') } }
    }
  })
  expect((await readWhole('click')).story).toMatchObject({
    kind: 'click',
    view: { id: 'view' },
    order: { credited: 25.9, sequence: sequence('order') }
  })
  expect((await readWhole('view')).story).toMatchObject({ kind: 'impression', click: { id: 'click' } })
  expect((await call(workbench, '/workbench/shoppers/ann')).body).toMatchObject({ stories: [{ kind: 'order' }] })
})

test('the story of an organic click names the ad that it may have lost the bid of', async () => {
  const resolvedBidId = await runAuction('ann')
  await track('view', 'Product Viewed', { ...yogurt, resolvedBidId })
  await settle()
  await track('click', 'Product Clicked', yogurt)
  await settle()
  const { story } = await readWhole('click')
  expect(story).toMatchObject({ isSponsored: false, about: 'p_PJbnN', auction: { winner: 'p_PJbnN' } })
})

test('the values of the call that a failure is about are named', async () => {
  await track('bid', 'Product Clicked', { ...yogurt, resolvedBidId: 'unknown-1' })
  await track('lines', 'Order Completed', {
    order_id: '1',
    products: [yogurt, { product_id: 'p_2', price: 'on request' }, { name: 'No id', price: 3 }]
  })
  await track('nothing', 'Product Viewed', { name: 'Yogurt' })
  await settle()
  expect((await readWhole('bid')).blamed).toEqual([{ path: 'properties.resolvedBidId' }])
  expect((await readWhole('lines')).blamed).toEqual([
    { path: 'properties.products[1].price' },
    { path: 'properties.products[2]', missing: 'product_id' }
  ])
  expect((await readWhole('nothing')).blamed).toEqual([{ path: 'properties', missing: 'resolvedBidId' }])
})

test('a call that Segment would refuse is shown as the shop sent it', async () => {
  await track('large', 'Product Viewed', { ...yogurt, html: 'x'.repeat(40_000) })
  const whole = await readWhole('large')
  expect(whole).toMatchObject({ stage: 'failed on ingest', call: { properties: { name: 'Vanilla yogurt' } } })
  expect(whole).not.toHaveProperty('answer')
})

test('an opened case is named in the stream until everything is forgotten', async () => {
  await shop()
  const { body: state } = await call(workbench, '/workbench/state?mask')
  await call(workbench, 'PUT /workbench/state', state)
  const read = async () => {
    const client = await openStream(workbench)
    clients.push(client)
    const [first] = await client.until(({ event }) => event === 'findings')
    return first.data
  }
  expect(await read()).toMatchObject({ case: { savedAt: (state as { savedAt: string }).savedAt, masked: true } })
  await call(workbench, 'DELETE /workbench?keep=mappings')
  expect(await read()).not.toHaveProperty('case')
})

test('the stream tells when a script of faults is set and used up', async () => {
  const client = await openStream(workbench)
  clients.push(client)
  await client.until(({ event }) => event === 'findings')
  await call(workbench, 'PUT /workbench/faults', [{ status: 401, times: 1 }])
  await client.until((message) => message.event === 'faults' && message.data.events.length === 1)
  await call(workbench, 'POST /v2/events', {}, key)
  await client.until((message) => message.event === 'faults' && message.data.events.length === 0)
})
