import type { ShopSystem } from './shop-system'

/** Lists are in `items`, or in `ecommerce.items` of a data layer. A click has a list of one item. */
export const ga4: ShopSystem = {
  name: 'Google Analytics 4',
  source: 'https://developers.google.com/analytics/devguides/collection/ga4/reference/events',
  events: {
    purchase: ['purchase'],
    click: ['select_item'],
    impression: ['view_item'],
    list: ['view_item_list'],
    promotionClick: ['select_promotion'],
    promotionImpression: ['view_promotion'],
    pageView: ['page_view'],
    other: ['refund', 'add_to_cart', 'remove_from_cart', 'begin_checkout', 'view_cart']
  },
  properties: {
    orderId: ['transaction_id'],
    lines: ['items'],
    productId: ['item_id', 'id'],
    unitPrice: ['price'],
    quantity: ['quantity'],
    vendorId: ['item_vendor', 'item_brand', 'affiliation'],
    currency: ['currency'],
    total: ['value']
  }
}
