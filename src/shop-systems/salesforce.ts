import type { ShopSystem } from './shop-system'

/** The activities of Commerce Einstein, and orders as the Shop API has them. `price` of such a line is its total. */
export const salesforce: ShopSystem = {
  name: 'Salesforce B2C Commerce',
  source: 'https://developer.salesforce.com/docs/commerce/einstein-api/guide/usage.html',
  events: {
    purchase: ['finishCheckout'],
    click: ['clickReco', 'clickSearch', 'clickCategory'],
    impression: ['viewProduct'],
    list: ['viewReco', 'viewCategory'],
    pageView: ['viewPage'],
    other: ['addToCart', 'beginCheckout', 'checkoutStep']
  },
  properties: {
    orderId: ['order_no', 'orderNo'],
    lines: ['product_items', 'productItems', 'products'],
    productId: ['product_id', 'productId', 'id', 'sku'],
    unitPrice: ['base_price', 'basePrice', 'price'],
    lineTotal: ['price', 'price_after_item_discount'],
    quantity: ['quantity'],
    currency: ['currency'],
    total: ['product_total', 'productTotal', 'product_sub_total', 'order_total', 'amount']
  }
}
