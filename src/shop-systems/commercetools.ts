import type { ShopSystem } from './shop-system'

/** Amounts are `centAmount`, in the smallest unit of the currency. Only a shop can divide them. */
export const commercetools: ShopSystem = {
  name: 'commercetools',
  source: 'https://docs.commercetools.com/api/projects/messages/order-messages',
  events: {
    purchase: ['OrderCreated', 'OrderImported'],
    other: [
      'OrderStateChanged',
      'OrderDeleted',
      'ReturnInfoAdded',
      'OrderPaymentStateChanged',
      'OrderShipmentStateChanged'
    ]
  },
  properties: {
    orderId: ['order.orderNumber', 'order.id', 'orderNumber', 'resource.id'],
    lines: ['lineItems'],
    productId: ['productId', 'variant.sku', 'productKey'],
    unitPrice: ['price.value.amount', 'price.value.centAmount'],
    lineTotal: ['totalPrice.amount', 'totalPrice.centAmount'],
    quantity: ['quantity'],
    currency: ['totalPrice.currencyCode', 'currencyCode'],
    total: ['totalPrice.amount', 'totalPrice.centAmount']
  }
}
