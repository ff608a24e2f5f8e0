/**
 * What an event means for this destination. Promotions are banners that may not be ads. `other` is what looks like an order
 * or a click, and must not be reported.
 */
export type EventKind =
  | 'purchase'
  | 'click'
  | 'impression'
  | 'list'
  | 'bannerClick'
  | 'bannerImpression'
  | 'promotionClick'
  | 'promotionImpression'
  | 'pageView'
  | 'other'

/** What a property holds. */
export type PropertyRole =
  'orderId' | 'lines' | 'productId' | 'unitPrice' | 'lineTotal' | 'quantity' | 'vendorId' | 'currency' | 'total'

/** The names that a shop system, or a spec of events, gives to its events and their properties. */
export type ShopSystem = {
  name: string
  /** Its own documentation. */
  source: string
  /** Names of events by their kind. Case, spaces and punctuation do not matter. */
  events: Partial<Record<EventKind, readonly string[]>>
  /**
   * Names of properties by what they hold, the surest first. `lines` and what is outside of the lines may be below other
   * objects. A name with dots is a path.
   */
  properties: Partial<Record<PropertyRole, readonly string[]>>
}

/** The systems, and the specs of events. The first one that has a name counts. */
export const SHOP_SYSTEMS: readonly ShopSystem[] = [
  // RudderStack's spec has the same names: https://www.rudderstack.com/docs/event-spec/ecommerce-events-spec/
  {
    name: "Segment's e-commerce spec",
    source: 'https://segment.com/docs/connections/spec/ecommerce/v2/',
    events: {
      purchase: ['Order Completed'],
      click: ['Product Clicked'],
      impression: ['Product Viewed'],
      list: ['Product List Viewed'],
      promotionClick: ['Promotion Clicked'],
      promotionImpression: ['Promotion Viewed'],
      other: ['Order Updated', 'Order Refunded', 'Order Cancelled', 'Product Added', 'Checkout Started', 'Cart Viewed']
    },
    properties: {
      orderId: ['order_id'],
      lines: ['products'],
      productId: ['product_id', 'sku'],
      unitPrice: ['price'],
      quantity: ['quantity'],
      vendorId: ['brand'],
      currency: ['currency'],
      total: ['total', 'revenue', 'subtotal', 'value']
    }
  },
  // Segment's first spec. Many shops never changed its names.
  {
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
  },
  // Lists are in `items`, or in `ecommerce.items` of a data layer. A click has a list of one item.
  {
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
  },
  // A pixel gets everything below `data`. Clicks are not among its events.
  {
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
  },
  // Orders as the Admin API has them. Amounts are text, also in `price_set.shop_money.amount`.
  {
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
  },
  // Orders as the REST API and its webhooks have them. `total` and `subtotal` of a line are of all its items.
  {
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
  },
  // Orders as the REST API has them, and the storefront events of Adobe Commerce. Products are known by their SKU.
  {
    name: 'Magento (Adobe Commerce)',
    source:
      'https://developer.adobe.com/commerce/services/shared-services/storefront-events/reference/storefront-events/',
    events: {
      purchase: [
        'place-order',
        'sales_order_place_after',
        'checkout_onepage_controller_success_action',
        'completeCheckout'
      ],
      click: ['search-product-click', 'recs-item-click'],
      impression: ['product-page-view', 'productPageView'],
      list: ['recs-unit-view'],
      other: ['add-to-cart', 'initiate-checkout', 'sales_order_save_after', 'sales_order_creditmemo_save_after']
    },
    properties: {
      orderId: ['increment_id', 'incrementId', 'entity_id', 'purchaseID'],
      lines: ['items', 'productListItems'],
      productId: ['sku', 'SKU', 'product_id'],
      unitPrice: ['price', 'base_price', 'price_incl_tax'],
      lineTotal: ['row_total', 'priceTotal', 'row_total_incl_tax'],
      quantity: ['qty_ordered', 'qtyOrdered', 'qty', 'quantity'],
      currency: ['order_currency_code', 'currencyCode'],
      total: ['subtotal', 'grand_total', 'grandTotal']
    }
  },
  // Medusa 1 counts `unit_price` in cents, Medusa 2 in units.
  {
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
  },
  // Amounts are `centAmount`, in the smallest unit of the currency. Only a shop can divide them.
  {
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
  },
  // The events of the pixel manager, and the orders that it pushes to a data layer.
  {
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
  },
  // The activities of Commerce Einstein, and orders as the Shop API has them. `price` of such a line is its total.
  {
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
  },
  // RudderStack keeps Segment's names, and has a few of its own.
  {
    name: 'RudderStack',
    source: 'https://www.rudderstack.com/docs/event-spec/ecommerce-events-spec/ordering/',
    events: {
      other: ['Product Added To Cart', 'Order Refunded', 'Order Cancelled', 'Payment Info Entered']
    },
    properties: {
      orderId: ['order_id', 'checkout_id'],
      lines: ['products'],
      productId: ['product_id', 'sku']
    }
  },
  // Names that shops and older plug-ins use, and that belong to no system.
  {
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
]
