import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'

/** A mistake that a staged shopper's shop makes. */
type Mistake = 'bid-lost' | 'other-user' | 'double-click'

type Winner = { id: string; resolvedBidId: string }

const PRICES: Partial<Record<string, number>> = { p_PJbnN: 12.95, p_ojng4: 9.5 }

type Shopper = { name: string; mistake?: Mistake }

/** How long shoppers look at the ads before they do anything. Milliseconds. */
const LOOKING = 3_000

/** The time between two events of a shopper. All of them together are shorter than `LOOKING`. Milliseconds. */
const STEP = 500

/**
 * Plays a small shop at a workbench, so that every view of its page has something to show: shoppers who see ads, click
 * and order, the mistakes that cost money, an outage, and events that fail.
 *
 * @param url the address of the workbench, without a slash at its end
 * @throws Error if the workbench refuses something
 */
export async function playShop(url: string): Promise<void> {
  await visit(url, [
    { name: 'maria' },
    { name: 'jonas', mistake: 'bid-lost' },
    { name: 'aiko', mistake: 'other-user' },
    { name: 'samuel', mistake: 'double-click' },
    { name: 'lucia' }
  ])
  await settle(url)

  await send(url, 'PUT', '/workbench/faults', [{ status: 503, times: 1 }])
  await visit(url, [{ name: 'noor' }])
  await settle(url)

  await send(url, 'PUT', '/workbench/faults', [{ status: 503, times: 2 }])
  await visit(url, [{ name: 'emil' }])
  await sendOddEvents(url)
}

/** Waits until everything that was sent is delivered or has failed. */
async function settle(url: string): Promise<void> {
  await send(url, 'GET', '/workbench/deliveries?wait')
}

/** Lets shoppers visit the shop at the same time. */
async function visit(url: string, shoppers: Shopper[]): Promise<void> {
  const visits: { shopper: Shopper; anonymousId: string; winner: Winner }[] = []
  for (const shopper of shoppers) {
    const anonymousId = randomUUID()
    visits.push({ shopper, anonymousId, winner: await runAuction(url, anonymousId) })
  }
  await setTimeout(LOOKING)
  for (const { shopper, anonymousId, winner } of visits) await track(url, eventsOf(shopper, anonymousId, winner))
}

/** Returns a list, a click and an order of a shopper, with the shopper's mistake in them. */
function eventsOf({ name, mistake }: Shopper, anonymousId: string, winner: Winner): object[] {
  const shopper = { anonymousId, userId: `customer-${name}` }
  const product = { product_id: winner.id, name: 'Vanilla yogurt', price: PRICES[winner.id] ?? 7.25, currency: 'EUR' }
  const ad = { ...product, ...(mistake !== 'bid-lost' && { resolvedBidId: winner.resolvedBidId }) }
  return [
    {
      ...shopper,
      event: 'Product List Viewed',
      properties: { category: 'Yogurt', products: [{ ...ad, position: 1 }] }
    },
    { ...shopper, event: 'Product Clicked', properties: { ...ad, position: 1 } },
    ...(mistake === 'double-click' ? [{ ...shopper, event: 'Banner Click', properties: ad }] : []),
    {
      ...(mistake === 'other-user' ? { userId: shopper.userId } : shopper),
      event: 'Order Completed',
      properties: {
        order_id: `order-${name}`,
        currency: 'EUR',
        products: [
          { ...product, quantity: 2, vendorId: 'v_alpine' },
          { product_id: 'p_spoon', name: 'Wooden spoon (gift)', price: 0, quantity: 1 }
        ]
      }
    }
  ]
}

/** Sends events that the destination corrects, fails or does not change. */
async function sendOddEvents(url: string): Promise<void> {
  const shopper = { anonymousId: randomUUID() }
  await track(url, [
    { ...shopper, event: 'Product Viewed', properties: { name: 'Honey' } },
    { ...shopper, event: 'Order Completed', properties: { products: [{ product_id: 'p_honey', quantity: 0 }] } },
    { ...shopper, event: 'Wishlist Opened', properties: {} },
    {
      ...shopper,
      event: 'Product Viewed',
      properties: { product_id: 'p_honey', position: 'home_banner_top', query: ' honey ' },
      context: { device: { type: 'ios' }, page: { path: '/honey', title: 'Honey' } }
    }
  ])
}

async function runAuction(url: string, opaqueUserId: string): Promise<Winner> {
  const auction = { type: 'listings', slots: 1, products: { ids: ['p_PJbnN', 'p_ojng4'] }, opaqueUserId }
  const answer = await send(url, 'POST', '/v2/auctions', { auctions: [auction] })
  const { results } = answer as { results: { winners: Winner[] }[] }
  return results[0].winners[0]
}

/** Sends events that happened shortly after each other, the last one just now. */
async function track(url: string, events: object[]): Promise<void> {
  const now = Date.now()
  const batch = events.map((event, index) => ({
    type: 'track',
    context: { page: { path: '/yogurt', title: 'Yogurt' }, device: { type: 'desktop' } },
    timestamp: new Date(now - (events.length - 1 - index) * STEP).toISOString(),
    ...event
  }))
  await send(url, 'POST', '/v1/batch', { batch, sentAt: new Date(now).toISOString() })
}

async function send(url: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', authorization: 'Bearer TSE_sandbox' },
    ...(body !== undefined && { body: JSON.stringify(body) })
  })
  const answer: unknown = await response.json()
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${JSON.stringify(answer)}`)
  return answer
}
