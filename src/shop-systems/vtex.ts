import type { ShopSystem } from './shop-system'

/** The events of the pixel manager, and the orders that it pushes to a data layer. */
export const vtex: ShopSystem = {
  name: 'VTEX',
  source: 'https://github.com/vtex-apps/pixel-manager',
  events: {
    purchase: ['vtex:orderPlaced', 'orderPlaced', 'vtex:orderPlacedTracked'],
    click: ['vtex:productClick', 'productClick'],
    impression: ['vtex:productView', 'productView'],
    list: ['vtex:productImpression'],
    promotionClick: ['vtex:promotionClick', 'promotionClick'],
    promotionImpression: ['vtex:promoView', 'promoView'],
    pageView: ['vtex:pageView', 'pageView'],
    other: ['vtex:addToCart', 'vtex:removeFromCart', 'vtex:cartChanged']
  },
  properties: {
    orderId: ['orderGroup', 'transactionId'],
    lines: ['transactionProducts', 'impressions'],
    productId: ['id', 'product.productId', 'productId', 'sku', 'skuId'],
    unitPrice: ['price', 'sellingPrice'],
    quantity: ['quantity'],
    vendorId: ['sellerId', 'seller'],
    currency: ['transactionCurrency', 'currency'],
    total: ['transactionSubtotal', 'transactionTotal']
  }
}
