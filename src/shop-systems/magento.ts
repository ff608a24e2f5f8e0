import type { ShopSystem } from './shop-system'

/** Orders as the REST API has them, and the storefront events of Adobe Commerce. Products are known by their SKU. */
export const magento: ShopSystem = {
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
}
