import type { ShopSystem } from './shop-system'

/** Segment's first spec. Many shops never changed its names. */
export const segmentV1: ShopSystem = {
  name: "Segment's first e-commerce spec",
  source: 'https://segment.com/docs/connections/spec/ecommerce/',
  events: {
    purchase: ['Completed Order'],
    click: ['Clicked Product'],
    impression: ['Viewed Product'],
    list: ['Viewed Product Category', 'Viewed Product List'],
    promotionClick: ['Clicked Promotion'],
    promotionImpression: ['Viewed Promotion'],
    other: ['Added Product', 'Removed Product', 'Updated Order', 'Refunded Order', 'Cancelled Order']
  },
  properties: {
    orderId: ['orderId', 'id'],
    lines: ['products'],
    productId: ['id', 'sku'],
    unitPrice: ['price'],
    quantity: ['quantity'],
    total: ['total', 'revenue']
  }
}
