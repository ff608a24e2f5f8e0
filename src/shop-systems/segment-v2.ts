import type { ShopSystem } from './shop-system'

/** RudderStack's spec has the same names: https://www.rudderstack.com/docs/event-spec/ecommerce-events-spec/ */
export const segmentV2: ShopSystem = {
  name: "Segment's e-commerce spec",
  source: 'https://segment.com/docs/connections/spec/ecommerce/v2/',
  events: {
    purchase: ['Order Completed'],
    click: ['Product Clicked'],
    impression: ['Product Viewed'],
    list: ['Product List Viewed'],
    promotionClick: ['Promotion Clicked'],
    promotionImpression: ['Promotion Viewed'],
    other: ['Order Updated', 'Order Refunded', 'Order Cancelled', 'Product Added', 'Checkout Started', 'Cart Viewed']
  },
  properties: {
    orderId: ['order_id'],
    lines: ['products'],
    productId: ['product_id', 'sku'],
    unitPrice: ['price'],
    quantity: ['quantity'],
    vendorId: ['brand'],
    currency: ['currency'],
    total: ['total', 'revenue', 'subtotal', 'value']
  }
}
