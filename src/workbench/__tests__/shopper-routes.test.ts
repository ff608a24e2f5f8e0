import type { Shopper, ShopperSummary } from '../api'
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
    attributedRevenue: 25.9,
    organicRevenue: 1.1,
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
