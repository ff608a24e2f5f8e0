import type { ShopSystem } from './shop-system'

/** A pixel gets everything below `data`. Clicks are not among its events. */
export const shopifyPixels: ShopSystem = {
  name: "Shopify's web pixels",
  source: 'https://shopify.dev/docs/api/web-pixels-api/standard-events',
  events: {
    purchase: ['checkout_completed'],
    impression: ['product_viewed'],
    list: ['collection_viewed'],
    pageView: ['page_viewed'],
    other: ['checkout_started', 'product_added_to_cart', 'payment_info_submitted', 'cart_viewed']
  },
  properties: {
    orderId: ['checkout.order.id', 'order.id', 'checkout.token'],
    lines: ['lineItems', 'productVariants'],
    productId: ['variant.product.id', 'productVariant.product.id', 'product.id', 'variant.id', 'variant.sku'],
    unitPrice: ['variant.price.amount', 'price.amount'],
    lineTotal: ['finalLinePrice.amount'],
    quantity: ['quantity'],
    vendorId: ['variant.product.vendor', 'product.vendor'],
    currency: ['currencyCode', 'price.currencyCode'],
    total: ['subtotalPrice.amount', 'totalPrice.amount']
  }
}
