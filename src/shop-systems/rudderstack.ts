import type { ShopSystem } from './shop-system'

/** RudderStack keeps Segment's names, and has a few of its own. */
export const rudderstack: ShopSystem = {
  name: 'RudderStack',
  source: 'https://www.rudderstack.com/docs/event-spec/ecommerce-events-spec/ordering/',
  events: {
    other: ['Product Added To Cart', 'Order Refunded', 'Order Cancelled', 'Payment Info Entered']
  },
  properties: {
    orderId: ['order_id', 'checkout_id'],
    lines: ['products'],
    productId: ['product_id', 'sku']
  }
}
