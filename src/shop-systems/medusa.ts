import type { ShopSystem } from './shop-system'

/** Medusa 1 counts `unit_price` in cents, Medusa 2 in units. */
export const medusa: ShopSystem = {
  name: 'Medusa',
  source: 'https://docs.medusajs.com/resources/integrations/guides/segment',
  events: {
    purchase: ['order.placed', 'order_placed'],
    other: ['order.updated', 'order.canceled', 'order.refund_created', 'order.fulfillment_created']
  },
  properties: {
    orderId: ['display_id', 'order_id', 'id'],
    lines: ['items'],
    productId: ['product_id', 'variant.product_id', 'variant_id', 'variant_sku'],
    unitPrice: ['unit_price'],
    lineTotal: ['subtotal', 'total'],
    quantity: ['quantity'],
    currency: ['currency_code'],
    total: ['item_total', 'subtotal', 'total']
  }
}
