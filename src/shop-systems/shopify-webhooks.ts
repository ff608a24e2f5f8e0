import type { ShopSystem } from './shop-system'

/** Orders as the Admin API has them. Amounts are text, also in `price_set.shop_money.amount`. */
export const shopifyWebhooks: ShopSystem = {
  name: "Shopify's webhooks",
  source: 'https://shopify.dev/docs/api/admin-rest/latest/resources/order',
  events: {
    purchase: ['orders/create', 'orders/paid', 'order_created', 'order_paid'],
    other: [
      'orders/updated',
      'orders/cancelled',
      'orders/fulfilled',
      'orders/edited',
      'refunds/create',
      'checkouts/create'
    ]
  },
  properties: {
    orderId: ['id', 'order_number', 'name'],
    lines: ['line_items'],
    productId: ['product_id', 'variant_id', 'sku'],
    unitPrice: ['price', 'price_set.shop_money.amount'],
    quantity: ['quantity'],
    vendorId: ['vendor'],
    currency: ['currency'],
    total: ['subtotal_price', 'total_line_items_price', 'total_price']
  }
}
