import type { ShopSystem } from './shop-system'

/** Names that shops and older plug-ins use, and that belong to no system. */
export const common: ShopSystem = {
  name: 'many shops',
  source: 'https://segment.com/docs/connections/spec/ecommerce/',
  events: {
    purchase: [
      'Purchased',
      'Purchase Completed',
      'Completed Purchase',
      'Order Placed',
      'Placed Order',
      'Place Order',
      'Transaction',
      'Transaction Completed',
      'Ecommerce Purchase',
      'Completed Checkout',
      'Order Created',
      'Product Purchased',
      'Order Confirmed',
      'Order Success'
    ],
    click: [
      'Product Click',
      'Click Product',
      'Item Clicked',
      'Sponsored Product Clicked',
      'Sponsored Click',
      'Ad Click',
      'Ad Clicked'
    ],
    impression: [
      'Product View',
      'Item Viewed',
      'Product Impression',
      'Sponsored Product Viewed',
      'Sponsored Impression',
      'Ad Impression',
      'Ad Viewed',
      'Product Detail Viewed'
    ],
    bannerClick: ['Banner Click', 'Banner Clicked', 'Clicked Banner'],
    bannerImpression: ['Banner Impression', 'Banner Viewed', 'Viewed Banner'],
    list: [
      'Product Category Viewed',
      'Product List Impression',
      'Product Impressions',
      'Products Viewed',
      'Item List Viewed'
    ],
    pageView: ['Page Viewed', 'Viewed Page']
  },
  properties: {
    orderId: [
      'order_number',
      'order_no',
      'order_ref',
      'order_reference',
      'purchase_id',
      'transaction_id',
      'receipt_id'
    ],
    lines: ['items', 'products', 'line_items', 'order_lines', 'cart_items', 'positions', 'articles', 'basket'],
    productId: ['product_id', 'item_id', 'article_id', 'objectID', 'pid', 'sku'],
    unitPrice: ['unit_price', 'price', 'item_price'],
    lineTotal: ['line_total', 'line_price', 'row_total', 'total_price', 'total'],
    quantity: ['quantity', 'qty', 'count', 'units', 'amount'],
    vendorId: ['vendor_id', 'seller_id', 'merchant_id', 'vendor', 'seller', 'merchant'],
    currency: ['currency', 'currency_code'],
    total: ['total', 'revenue', 'value', 'amount', 'subtotal', 'grand_total', 'order_total']
  }
}
