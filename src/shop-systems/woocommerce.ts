import type { ShopSystem } from './shop-system'

/** Orders as the REST API and its webhooks have them. `total` and `subtotal` of a line are of all its items. */
export const wooCommerce: ShopSystem = {
  name: 'WooCommerce',
  source: 'https://woocommerce.github.io/woocommerce-rest-api-docs/#orders',
  events: {
    purchase: ['order.created', 'woocommerce_thankyou', 'woocommerce_order_created'],
    other: ['order.updated', 'order.deleted', 'order.restored', 'woocommerce_add_to_cart']
  },
  properties: {
    orderId: ['number', 'order_key', 'id'],
    lines: ['line_items'],
    productId: ['product_id', 'variation_id', 'sku'],
    unitPrice: ['price'],
    lineTotal: ['subtotal', 'total'],
    quantity: ['quantity', 'qty'],
    currency: ['currency'],
    total: ['subtotal', 'total', 'order_total']
  }
}
