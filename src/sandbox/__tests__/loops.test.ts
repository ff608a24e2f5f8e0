import { type AttributionChanges, createSandbox, type EventsByType } from '..'
import { report } from './events'

// From the auction to the credited order, as shops do it. Each loop has the credit that Topsort's published rules give.

const MINUTE = 60_000
const DAY = 86_400_000
const START = Date.parse('2026-03-01T12:00:00Z')

type Interaction = Partial<EventsByType['clicks']>
type Item = EventsByType['purchases']['items'][number]

/** Opens a shop with a clock. Each step takes a minute. */
function openShop(changes: AttributionChanges = {}) {
  let clock = START
  const sandbox = createSandbox({ now: () => clock })
  sandbox.changeAttribution(changes)
  let requests = 0
  const post = async (path: string, body: unknown): Promise<Response> => {
    clock += MINUTE
    return sandbox.app.request(path, report(body))
  }
  const toEvent = (event: Interaction) => ({
    id: `e${(requests += 1)}`,
    occurredAt: new Date(clock + MINUTE).toISOString(),
    opaqueUserId: 'ann',
    ...event
  })
  return {
    ...sandbox,
    wait: (days: number) => {
      clock += days * DAY
    },
    now: () => new Date(clock).toISOString(),
    win: async (winners: string[], auction: object = {}): Promise<string[]> => {
      sandbox.scriptAuctions([{ times: 1, winners: winners.map((id) => ({ id })) }])
      const request = { type: 'listings', slots: 2, searchQuery: 'any', opaqueUserId: 'ann', ...auction }
      const { results } = (await (await post('/v2/auctions', { auctions: [request] })).json()) as {
        results: [{ winners: { resolvedBidId: string }[] }]
      }
      return results[0].winners.map(({ resolvedBidId }) => resolvedBidId)
    },
    see: (event: Interaction) => post('/v2/events', { impressions: [toEvent(event)] }),
    click: (event: Interaction) => post('/v2/events', { clicks: [toEvent(event)] }),
    order: (items: (Partial<Item> & { productId: string })[], event: Interaction = {}) =>
      post('/v2/events', {
        purchases: [{ ...toEvent(event), items: items.map((item) => ({ unitPrice: 1, ...item })) }]
      }),
    link: (from: string, to: string) => post('/v2/events/beta/link-users', { from, to }),
    credits: () => sandbox.attribution().lines.map(({ credited }) => credited?.id ?? null),
    reason: () => sandbox.attribution().lines[0].reason
  }
}

type Shop = ReturnType<typeof openShop>

const product = (id: string) => ({ type: 'product', id }) as const
const banner = { type: 'banners', slotId: 'home' }

/** The title of a loop, the settings, what happens, and the event that each line is credited to. */
const LOOPS: [string, AttributionChanges, (shop: Shop) => Promise<unknown>, (string | null)[]][] = [
  [
    'an auction without winners, so the click is organic',
    {},
    async ({ win, click, order }) => {
      expect(await win([])).toEqual([])
      await click({ entity: product('p_1') })
      await order([{ productId: 'p_1' }])
    },
    [null]
  ],
  [
    'two slots, and a click on one of them',
    {},
    async ({ win, see, click, order }) => {
      const [first, second] = await win(['p_1', 'p_2'])
      await see({ resolvedBidId: first })
      await see({ resolvedBidId: second })
      await click({ id: 'click', resolvedBidId: second })
      await order([{ productId: 'p_1' }, { productId: 'p_2' }])
    },
    [null, 'click']
  ],
  [
    'a banner to the page of its product, with a follow-up click',
    {},
    async ({ win, click, order }) => {
      const [resolvedBidId] = await win(['p_PJbnN'], banner)
      await click({ resolvedBidId })
      await click({ id: 'follow-up', resolvedBidId, additionalAttribution: product('p_PJbnN') })
      await order([{ productId: 'p_PJbnN', vendorId: 'v_alpine' }])
    },
    ['follow-up']
  ],
  [
    'a banner to the page of its product, without a follow-up click',
    {},
    async ({ win, click, order, reason }) => {
      const [resolvedBidId] = await win(['p_PJbnN'], banner)
      await click({ resolvedBidId })
      await order([{ productId: 'p_PJbnN', vendorId: 'v_alpine' }])
      expect(reason()).toContain('Report the click on the product too')
      expect(reason()).not.toContain('another product')
    },
    [null]
  ],
  [
    'a banner to a list, and a click on a product there',
    {},
    async ({ win, click, order }) => {
      const [resolvedBidId] = await win(['p_PJbnN'], banner)
      await click({ resolvedBidId })
      await click({ id: 'on-list', resolvedBidId, additionalAttribution: product('p_ojng4') })
      await order([{ productId: 'p_ojng4', vendorId: 'v_alpine' }])
    },
    ['on-list']
  ],
  [
    'a login between the click and the order, without a link',
    {},
    async ({ win, click, order }) => {
      await click({ resolvedBidId: (await win(['p_1']))[0] })
      await order([{ productId: 'p_1' }], { opaqueUserId: 'customer-1' })
    },
    [null]
  ],
  [
    'a login between the click and the order, with a link',
    {},
    async ({ win, click, order, link }) => {
      await click({ id: 'before-login', resolvedBidId: (await win(['p_1']))[0] })
      expect((await link('ann', 'customer-1')).status).toBe(204)
      await order([{ productId: 'p_1' }], { opaqueUserId: 'customer-1' })
    },
    ['before-login']
  ],
  [
    'another product of the vendor, without halo',
    {},
    async ({ win, click, order }) => {
      await click({ resolvedBidId: (await win(['p_PJbnN']))[0] })
      await order([{ productId: 'p_ojng4', vendorId: 'v_alpine' }])
    },
    [null]
  ],
  [
    'another product of the vendor, with halo',
    { halo: true },
    async ({ win, click, order }) => {
      await click({ id: 'halo', resolvedBidId: (await win(['p_PJbnN']))[0] })
      await order([{ productId: 'p_ojng4', vendorId: 'v_alpine' }])
    },
    ['halo']
  ],
  [
    'two ads, and one order with both products',
    {},
    async ({ win, click, order }) => {
      await click({ id: 'one', resolvedBidId: (await win(['p_1']))[0] })
      await click({ id: 'two', resolvedBidId: (await win(['p_2']))[0] })
      await order([{ productId: 'p_1' }, { productId: 'p_2' }])
    },
    ['one', 'two']
  ],
  [
    'an order ten days after the click, with a window of 14 days',
    { listings: { windowDays: 14 } },
    tenDaysLater,
    ['c']
  ],
  ['an order ten days after the click, with a window of 7 days', { listings: { windowDays: 7 } }, tenDaysLater, [null]],
  [
    'an order 15 days after the click, with a window of 30 days',
    { listings: { windowDays: 30 } },
    (shop) => clickAndOrderAfter(shop, 15),
    ['c']
  ],
  [
    'the same product in a line of another vendor',
    {},
    async ({ win, click, order }) => {
      await click({ resolvedBidId: (await win(['p_PJbnN']))[0] })
      await order([{ productId: 'p_PJbnN', vendorId: 'v_other' }])
    },
    [null]
  ],
  [
    'an offsite click with a product and a vendor, about which Topsort decides',
    {},
    async ({ click, order, reason }) => {
      const ids = { externalCampaignId: 'awareness', externalVendorId: 'v_alpine' }
      await click({ channel: 'offsite', entity: product('p_PJbnN'), ...ids })
      await order([{ productId: 'p_PJbnN', vendorId: 'v_alpine' }])
      expect(reason()).toContain('only Topsort decides about this credit')
    },
    [null]
  ],
  [
    'an order before its auction',
    {},
    async ({ win, click, order, now }) => {
      const earlier = now()
      await click({ resolvedBidId: (await win(['p_1']))[0] })
      await order([{ productId: 'p_1' }], { occurredAt: earlier })
    },
    [null]
  ],
  [
    'a refused bid, and then the right one',
    {},
    async ({ win, click, order }) => {
      const [resolvedBidId] = await win(['p_1'])
      expect((await click({ id: 'c', resolvedBidId: resolvedBidId.slice(0, -4) })).status).toBe(400)
      expect((await click({ id: 'c', resolvedBidId })).status).toBe(204)
      await order([{ productId: 'p_1' }])
    },
    ['c']
  ],
  [
    'events that come late and in another order',
    {},
    async ({ win, click, order, now, wait }) => {
      const [resolvedBidId] = await win(['p_1'])
      const [clicked, ordered] = [now(), new Date(Date.parse(now()) + MINUTE).toISOString()]
      wait(1)
      await order([{ productId: 'p_1' }], { occurredAt: ordered })
      await click({ id: 'late', resolvedBidId, occurredAt: clicked })
    },
    ['late']
  ],
  [
    'requests that are sent again with the same ids',
    {},
    async ({ win, click, order }) => {
      const [resolvedBidId] = await win(['p_1'])
      for (let attempt = 0; attempt < 3; attempt += 1) await click({ id: 'c', resolvedBidId })
      for (let attempt = 0; attempt < 3; attempt += 1) await order([{ productId: 'p_1' }], { id: 'o' })
    },
    ['c']
  ]
]

async function clickAndOrderAfter({ win, click, order, wait }: Shop, days: number): Promise<void> {
  await click({ id: 'c', resolvedBidId: (await win(['p_1']))[0] })
  wait(days)
  await order([{ productId: 'p_1' }])
}

function tenDaysLater(shop: Shop): Promise<void> {
  return clickAndOrderAfter(shop, 10)
}

test.each(LOOPS)('the credit is right for %s', async (_, settings, happen, credits) => {
  const shop = openShop(settings)
  await happen(shop)
  expect(shop.credits()).toEqual(credits)
})
