import type { Shopper, ShopperSummary, Worklist } from '../api'
import type { Workbench } from '../server'
import { call, start } from './running'

let workbench: Workbench

beforeAll(async () => {
  workbench = await start()
})
afterEach(() => call(workbench, 'DELETE /workbench'))
afterAll(() => workbench.stop())

const key = { authorization: 'Bearer TSE_any' }
const get = async (path: string): Promise<unknown> => (await call(workbench, path)).body

async function runAuction(opaqueUserId?: string): Promise<string> {
  const auction = { type: 'listings', slots: 1, products: { ids: ['p_PJbnN'] }, opaqueUserId }
  const { body } = await call(workbench, 'POST /v2/auctions', { auctions: [auction] }, key)
  return (body as { results: { winners: { resolvedBidId: string }[] }[] }).results[0].winners[0].resolvedBidId
}

/** Reports events of a shopper, one second apart, up to now. */
async function shop(opaqueUserId: string): Promise<string> {
  const resolvedBidId = await runAuction(opaqueUserId)
  const at = new Date().toISOString()
  const event = (id: string) => ({ id: `${id}-${opaqueUserId}`, occurredAt: at, opaqueUserId })
  const body = {
    impressions: [
      { ...event('seen'), resolvedBidId },
      { ...event('other'), entity: { type: 'product', id: 'p_Mfk15' } }
    ],
    clicks: [{ ...event('click'), resolvedBidId }],
    purchases: [
      {
        ...event('order'),
        items: [
          { productId: 'p_PJbnN', unitPrice: 12.95, quantity: 2 },
          { productId: 'p_Mfk15', unitPrice: 1.1 }
        ]
      }
    ]
  }
  expect((await call(workbench, 'POST /v2/events', body, key)).status).toBe(204)
  return resolvedBidId
}

test('a shopper has one timeline of all events, and the credit for the order', async () => {
  const resolvedBidId = await shop('u1')
  const shopper = (await get('/workbench/shoppers/u1')) as Shopper
  expect(shopper).toMatchObject({
    user: 'u1',
    linked: [],
    auctions: 1,
    impressions: 2,
    clicks: 1,
    orders: 1,
    clickThrough: 1,
    together: [],
    credited: [{ amount: 25.9, currency: null }],
    uncredited: [],
    organic: [{ amount: 1.1, currency: null }],
    settings: { listings: { model: 'last-click' } },
    note: expect.stringContaining("Topsort's own attribution engine decides") as string
  })
  expect(shopper.timeline.map(({ type }) => type)).toEqual(['auction', 'impression', 'impression', 'click', 'order'])
  expect(shopper.timeline[0]).toMatchObject({ format: 'listings', winners: [{ id: 'p_PJbnN', resolvedBidId }] })
  expect(shopper.timeline[1]).toMatchObject({ id: 'seen-u1', about: 'p_PJbnN', resolvedBidId, format: 'listings' })
  expect(shopper.timeline[2]).not.toHaveProperty('resolvedBidId')
  expect(shopper.timeline[4]).toMatchObject({ revenue: 27, lines: 2 })
  expect(shopper.lines).toMatchObject([
    { line: 1, credited: { type: 'click', id: 'click-u1', resolvedBidId } },
    { line: 2, credited: null }
  ])
})

test('the list of shoppers has the newest at the end, and respects the limit', async () => {
  for (const user of ['u1', 'u2', 'u3']) await shop(user)
  const users = async (query: string) =>
    ((await get(`/workbench/shoppers${query}`)) as ShopperSummary[]).map(({ user }) => user)
  expect(await users('')).toHaveLength(3)
  expect(await users('?limit=2')).toHaveLength(2)
  expect((await users('')).at(-1)).toBe('u3')
})

test.each(['0', '-1', 'all', '1.5'])('the limit %s is refused', async (limit) => {
  expect((await call(workbench, `/workbench/shoppers?limit=${limit}`)).status).toBe(400)
})

test('linked ids are one shopper, found by each of them', async () => {
  await shop('guest')
  await runAuction('customer')
  await call(workbench, 'POST /v2/events/beta/link-users', { from: 'guest', to: 'customer' }, key)
  expect(await get('/workbench/shoppers')).toHaveLength(1)
  expect(await get('/workbench/shoppers/customer')).toMatchObject({
    user: 'customer',
    linked: ['guest'],
    auctions: 2,
    clicks: 1
  })
  expect(await get('/workbench/shoppers/guest')).toMatchObject({ user: 'guest', linked: ['customer'], auctions: 2 })
})

test('a repeated event counts once, and an auction without a user belongs to nobody', async () => {
  await shop('u1')
  await runAuction()
  const event = {
    id: 'click-u1',
    occurredAt: new Date().toISOString(),
    opaqueUserId: 'u1',
    entity: { type: 'product', id: 'p' }
  }
  await call(workbench, 'POST /v2/events', { clicks: [event] }, key)
  expect(await get('/workbench/shoppers')).toMatchObject([{ user: 'u1', clicks: 1, auctions: 1 }])
})

test('a user id with any characters is found, and an unknown one is not', async () => {
  await shop('a/b?c=ü&d')
  expect(await get(`/workbench/shoppers/${encodeURIComponent('a/b?c=ü&d')}`)).toMatchObject({ user: 'a/b?c=ü&d' })
  expect(await call(workbench, '/workbench/shoppers/nobody')).toMatchObject({
    status: 404,
    body: { error: expect.stringContaining('No shopper has the id "nobody"') as string }
  })
})

/** Sends Segment calls, and waits until they are delivered. */
async function send(...batch: object[]): Promise<void> {
  await call(workbench, 'POST /v1/batch', { batch: batch.map((each) => ({ type: 'track', ...each })) })
  await get('/workbench/counts?wait')
}

const clickOf = (ids: object, resolvedBidId: string, messageId: string): object => ({
  ...ids,
  messageId,
  event: 'Product Clicked',
  properties: { product_id: 'p_PJbnN', resolvedBidId }
})

const orderOf = (ids: object, messageId: string, currency?: string): object => ({
  ...ids,
  messageId,
  event: 'Order Completed',
  properties: { currency, products: [{ product_id: 'p_PJbnN', price: 10 }] }
})

test('the ids of one call are one shopper, but only a link gives the ad its credit', async () => {
  const bid = await runAuction('device')
  await send(
    clickOf({ anonymousId: 'device', userId: 'customer' }, bid, 'click'),
    orderOf({ userId: 'customer' }, 'order', 'EUR')
  )
  expect(await get('/workbench/shoppers')).toMatchObject([
    { user: 'device', linked: [], together: ['customer'], orders: 1, uncredited: [{ amount: 10, currency: 'EUR' }] }
  ])
  const shopper = (await get('/workbench/shoppers/customer')) as Shopper
  expect(shopper).toMatchObject({
    user: 'customer',
    together: ['device'],
    stories: [{ order: { id: 'order', currency: 'EUR', lost: { code: 'other_user_of_visit' } } }]
  })
  const [, click, order] = shopper.timeline
  expect([click.type, order.type]).toEqual(['click', 'order'])
  expect(await get(`/workbench/deliveries/${order.sequence}`)).toMatchObject({ event: { messageId: 'order' } })

  await call(workbench, 'POST /v2/events/beta/link-users', { from: 'device', to: 'customer' }, key)
  expect(await get('/workbench/shoppers')).toMatchObject([
    { linked: ['customer'], together: [], credited: [{ amount: 10, currency: 'EUR' }], uncredited: [] }
  ])
})

test('an id that came with many others joins nobody', async () => {
  const users = Array.from({ length: 12 }, (_, index) => `customer-${index}`)
  await send(
    ...users.flatMap((userId) => [
      clickOf({ anonymousId: 'constant', userId }, 'bid', `of ${userId}`),
      orderOf({ userId }, `order of ${userId}`)
    ])
  )
  expect(await get('/workbench/shoppers')).toHaveLength(13)
})

test('click-through is never more than 1, because each ad counts once', async () => {
  const [seen, unseen, ignored] = [await runAuction('u1'), await runAuction('u1'), await runAuction('u1')]
  const event = (id: string, resolvedBidId: string) => ({
    ...{ id, resolvedBidId, opaqueUserId: 'u1', occurredAt: new Date().toISOString() }
  })
  const body = {
    impressions: [event('i1', seen), event('i2', seen), event('i3', ignored)],
    clicks: [event('c1', seen), event('c2', seen), event('c3', unseen), event('c4', unseen)]
  }
  await call(workbench, 'POST /v2/events', body, key)
  expect(await get('/workbench/shoppers/u1')).toMatchObject({ impressions: 3, clicks: 4, clickThrough: 0.5 })
})

test('the worklist adds up lost revenue by reason and currency, and has a tab for each kind of shopper', async () => {
  for (const [user, currency] of [
    ['ann', 'USD'],
    ['bob', 'EUR'],
    ['cid', 'USD']
  ]) {
    const bid = await runAuction(user)
    const ad = { ...clickOf({ anonymousId: user }, bid, `view of ${user}`), event: 'Product Viewed' }
    await send(ad, orderOf({ anonymousId: user }, `order of ${user}`, currency))
  }
  await shop('dan')
  await runAuction('eve')
  const worklist = async (query = '') => (await get(`/workbench/worklist${query}`)) as Worklist
  const usersOf = ({ shoppers }: Worklist) => shoppers.map(({ user }) => user)

  const whole = await worklist()
  expect(whole).toMatchObject({ total: 5, tabs: { lost: 3, credited: 1, 'no-order': 1 } })
  const revenue = [
    { amount: 20, currency: 'USD' },
    { amount: 10, currency: 'EUR' }
  ]
  expect(whole.lost).toEqual({ total: revenue, reasons: [{ code: 'only_seen', revenue, orders: 3, shoppers: 3 }] })
  expect(usersOf(await worklist('?tab=lost')).sort()).toEqual(['ann', 'bob', 'cid'])
  expect(usersOf(await worklist('?tab=credited'))).toEqual(['dan'])
  expect(usersOf(await worklist('?tab=no-order'))).toEqual(['eve'])
  expect(await worklist('?tab=lost&find=ORDER+bob')).toMatchObject({ total: 1, tabs: { lost: 1 }, lost: whole.lost })
  expect(usersOf(await worklist('?find=only_seen&limit=2'))).toHaveLength(2)
  expect(usersOf(await worklist('?find=nobody'))).toEqual([])
  expect((await call(workbench, '/workbench/worklist?tab=other')).status).toBe(400)
})

test('a click without the bid of an ad that its product had won has lost its credit', async () => {
  await runAuction('ann')
  await send(
    { ...clickOf({ anonymousId: 'ann' }, '', 'click'), properties: { product_id: 'p_PJbnN' } },
    orderOf({ anonymousId: 'ann' }, 'order')
  )
  expect(await get('/workbench/shoppers/ann')).toMatchObject({
    uncredited: [{ amount: 10, currency: null }],
    organic: [],
    lines: [{ code: 'organic', credited: null }]
  })
})

test('the scripts that are not used up are shown', async () => {
  await call(workbench, 'PUT /workbench/faults', [
    { status: 503, times: 2 },
    { status: 429, times: 1 }
  ])
  await call(workbench, 'PUT /workbench/auctions', [{ times: 2, winners: [] }])
  await call(workbench, 'POST /v2/events', {}, key)
  await call(
    workbench,
    'POST /v2/auctions',
    { auctions: [{ type: 'listings', slots: 1, products: { ids: ['p'] } }] },
    key
  )
  expect(await get('/workbench/faults')).toEqual({
    events: [
      { status: 503, times: 1 },
      { status: 429, times: 1 }
    ],
    auctions: [{ times: 1, winners: [] }]
  })
})
