import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({ writeKey: 'any', host: process.env.SEGMENT_HOST ?? 'http://localhost:3000' })
const anonymousId = '71303ce0-de89-496d-8270-6434589615e8' // the id that the shop sends with its auctions
const resolvedBidId = 'WyJlX1BKYm5OIiwiMTJhNTU4MjgiLCJsaXN0aW5ncyIsImRlZmF1bHQiLCIiXQ==' // of the auction's winner
const product = { product_id: 'p_PJbnN', name: 'Vanilla yogurt', price: 12.95 }

analytics.track({ anonymousId, event: 'Product Viewed', properties: { ...product, resolvedBidId } })
analytics.track({ anonymousId, event: 'Product Clicked', properties: { ...product, resolvedBidId } })
analytics.track({ anonymousId, event: 'Order Completed', properties: { products: [{ ...product, quantity: 2 }] } })
await analytics.closeAndFlush()
