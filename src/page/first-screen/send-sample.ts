import { post } from '../api'
import { runAuctions } from '../compose/send-events'

/**
 * Sends the requests of a shopper who sees an ad, clicks on it and orders: an auction and three Segment calls. The view has
 * a value that Topsort does not take, so that the page shows a difference.
 *
 * @throws Error that says what to do
 */
export async function sendSample(): Promise<void> {
  const anonymousId = crypto.randomUUID()
  const [resolvedBidId] = await runAuctions([anonymousId])
  await aMoment()
  const product = { product_id: 'p_PJbnN', name: 'Vanilla yogurt', price: 12.95, currency: 'USD' }
  const context = { page: { path: '/yogurt', title: 'Yogurt' }, device: { type: 'ios' } }
  const now = Date.now()
  const call = (event: string, ago: number, properties: object) => ({
    type: 'track',
    messageId: crypto.randomUUID(),
    anonymousId,
    event,
    properties,
    context,
    timestamp: new Date(now - ago).toISOString()
  })
  await post('/v1/batch', {
    sentAt: new Date(now).toISOString(),
    batch: [
      call('Product Viewed', 300, { ...product, resolvedBidId, position: 'home_banner_top' }),
      call('Product Clicked', 200, { ...product, resolvedBidId, position: 1 }),
      call('Order Completed', 100, {
        order_id: `order-${now}`,
        currency: 'USD',
        products: [
          { ...product, quantity: 2 },
          { product_id: 'gift', name: 'Wooden spoon', price: 0, quantity: 1 }
        ]
      })
    ]
  })
}

/** Waits after the auction, because only later events can be credited to it. */
function aMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 400))
}
