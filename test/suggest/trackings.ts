import type { Call, Line, Tile, Tracking, Visit } from './visits'

/** The ways in which invented shops track a visit, one for each shop system and for each odd habit. */

type Order = NonNullable<Visit['order']>

/** Returns the calls of a visit: always the list, the click and the view, and the order if there is one. */
function calls(
  { tiles, clicked, order }: Visit,
  parts: {
    list?: (tiles: Tile[]) => Call
    click?: (tile: Tile) => Call
    view?: (tile: Tile) => Call
    order: (order: Order) => Call[]
  }
): Call[] {
  return [
    ...(parts.list ? [parts.list(tiles)] : []),
    ...(parts.click ? [parts.click(clicked)] : []),
    ...(parts.view ? [parts.view(clicked)] : []),
    ...(order ? parts.order(order) : [])
  ]
}

/** Leaves a key out if there is no bid. */
function bidAs(key: string, bid: string | undefined): object {
  return bid === undefined ? {} : { [key]: bid }
}

function sum(lines: readonly Line[]): number {
  return Math.round(lines.reduce((all, { product, quantity }) => all + product.price * quantity, 0) * 100) / 100
}

const segmentProduct = ({ product, bid }: Tile): object => ({
  product_id: product.id,
  sku: product.sku,
  price: product.price,
  ...bidAs('resolvedBidId', bid)
})

const segmentOrder = ({ id, lines, total }: Order): object => ({
  order_id: id,
  currency: 'USD',
  total,
  products: lines.map(({ product, quantity }) => ({
    product_id: product.id,
    sku: product.sku,
    price: product.price,
    quantity,
    vendorId: product.vendor
  }))
})

export const segmentV2: Tracking = (visit) =>
  calls(visit, {
    list: (tiles) => ({
      event: 'Product List Viewed',
      properties: { list_id: 'l1', products: tiles.map(segmentProduct) }
    }),
    click: (tile) => ({ event: 'Product Clicked', properties: segmentProduct(tile) }),
    view: ({ product }) => ({ event: 'Product Viewed', properties: segmentProduct({ product, bid: undefined }) }),
    order: (order) => [{ event: 'Order Completed', properties: segmentOrder(order) }]
  })

export const segmentV1: Tracking = (visit) =>
  calls(visit, {
    list: () => ({ event: 'Viewed Product Category', properties: { category: 'Shoes' } }),
    click: ({ product, bid }) => ({
      event: 'Clicked Product',
      properties: { id: product.id, sku: product.sku, ...bidAs('bid_id', bid) }
    }),
    view: ({ product }) => ({
      event: 'Viewed Product',
      properties: { id: product.id, sku: product.sku, price: product.price }
    }),
    order: ({ id, lines, total }) => [
      {
        event: 'Completed Order',
        properties: {
          id,
          total,
          currency: 'USD',
          products: lines.map(({ product, quantity }) => ({
            id: product.id,
            sku: product.sku,
            price: product.price,
            quantity
          }))
        }
      }
    ]
  })

export const ga4: Tracking = (visit) => {
  const item = ({ product, bid }: Tile): object => ({
    item_id: product.sku,
    item_name: product.name,
    item_brand: 'Acme',
    price: product.price,
    ...bidAs('ad_bid_id', bid)
  })
  return calls(visit, {
    list: (tiles) => ({
      event: 'view_item_list',
      properties: { ecommerce: { item_list_id: 'l1', items: tiles.map(item) } }
    }),
    click: (tile) => ({ event: 'select_item', properties: { ecommerce: { item_list_id: 'l1', items: [item(tile)] } } }),
    view: ({ product }) => ({
      event: 'view_item',
      properties: { ecommerce: { currency: 'USD', value: product.price, items: [item({ product, bid: undefined })] } }
    }),
    order: ({ id, lines, total }) => {
      const items = lines.map(({ product, quantity }) => ({ ...item({ product, bid: undefined }), quantity }))
      const ecommerce = { transaction_id: id, value: total, currency: 'USD', items }
      return [
        { event: 'add_to_cart', properties: { ecommerce: { currency: 'USD', value: total, items } } },
        { event: 'purchase', properties: { ecommerce } },
        ...(Number(id) % 4 === 0 ? [{ event: 'refund', properties: { ecommerce } }] : [])
      ]
    }
  })
}

export const shopifyPixels: Tracking = (visit) => {
  const variant = ({ product }: { product: Line['product'] }): object => ({
    id: product.variant,
    sku: product.sku,
    price: { amount: product.price, currencyCode: 'USD' },
    product: { id: product.id, title: product.name, vendor: product.vendor }
  })
  return calls(visit, {
    list: (tiles) => ({
      event: 'collection_viewed',
      properties: {
        data: {
          collection: {
            id: 'c-1',
            productVariants: tiles.map((tile) => ({ ...variant(tile), ...bidAs('adBid', tile.bid) }))
          }
        }
      }
    }),
    click: ({ product, bid }) => ({
      event: 'product_tile_clicked',
      properties: { data: { productVariant: variant({ product }), ...bidAs('adBid', bid) } }
    }),
    view: ({ product }) => ({
      event: 'product_viewed',
      properties: { data: { productVariant: variant({ product }) } }
    }),
    order: ({ id, lines, total }) => [
      {
        event: 'checkout_completed',
        properties: {
          data: {
            checkout: {
              currencyCode: 'USD',
              order: { id: `gid-${id}` },
              lineItems: lines.map(({ product, quantity }, index) => ({
                id: `line-${id}-${index}`,
                quantity,
                variant: variant({ product }),
                finalLinePrice: { amount: sum([{ product, quantity }]), currencyCode: 'USD' }
              })),
              subtotalPrice: { amount: total, currencyCode: 'USD' },
              totalPrice: { amount: Math.round((total + 4.9) * 100) / 100, currencyCode: 'USD' }
            }
          }
        }
      }
    ]
  })
}

/** Orders come from the server, which knows the customer and not the browser. */
export const shopifyWebhooks: Tracking = (visit) => {
  const { user, customer } = { user: visit.user, customer: `c-${visit.user}` }
  const own = { anonymousId: `web-${user}`, userId: customer }
  return calls(visit, {
    click: ({ product, bid }) => ({
      event: 'Product Clicked',
      ...own,
      properties: { product_id: product.id, variant_id: product.variant, ...bidAs('resolvedBidId', bid) }
    }),
    view: ({ product }) => ({
      event: 'Product Viewed',
      ...own,
      properties: { product_id: product.id, variant_id: product.variant }
    }),
    order: ({ id, lines, total }) => {
      const properties = {
        id,
        name: `#${id}`,
        currency: 'USD',
        financial_status: 'paid',
        subtotal_price: total.toFixed(2),
        total_price: (total + 4.9).toFixed(2),
        line_items: lines.map(({ product, quantity }, index) => ({
          id: `${id}${index}`,
          product_id: product.id,
          variant_id: product.variant,
          sku: product.sku,
          price: product.price.toFixed(2),
          quantity,
          vendor: product.vendor
        }))
      }
      const server = { anonymousId: undefined, userId: customer, context: {} }
      return [
        { event: 'orders/create', ...server, properties },
        { event: 'orders/updated', ...server, properties }
      ]
    }
  })
}

/** `total` of a line is of all its items, and there is no price of one. */
export const wooCommerce: Tracking = (visit) =>
  calls(visit, {
    click: ({ product, bid }) => ({
      event: 'Product Clicked',
      properties: { product_id: product.id, sku: product.sku, ...bidAs('topsort_bid', bid) }
    }),
    order: ({ id, lines, total }) => {
      const properties = {
        number: id,
        status: 'processing',
        currency: 'USD',
        total: (total + 5).toFixed(2),
        shipping_total: '5.00',
        line_items: lines.map(({ product, quantity }) => ({
          name: product.name,
          product_id: product.id,
          variation_id: 0,
          sku: product.sku,
          quantity,
          total: sum([{ product, quantity }]).toFixed(2)
        }))
      }
      return [
        { event: 'order.created', properties },
        { event: 'order.updated', properties }
      ]
    }
  })

export const magento: Tracking = (visit) =>
  calls(visit, {
    list: (tiles) => ({
      event: 'recs-unit-view',
      properties: {
        unitId: 'u1',
        items: tiles.map(({ product, bid }, rank) => ({ sku: product.sku, rank, ...bidAs('resolvedBidId', bid) }))
      }
    }),
    click: ({ product, bid }) => ({
      event: 'recs-item-click',
      properties: { product: { productId: Number(product.variant), sku: product.sku }, ...bidAs('resolvedBidId', bid) }
    }),
    order: ({ id, lines, total }) => [
      {
        event: 'place-order',
        properties: {
          order: {
            incrementId: id,
            order_currency_code: 'USD',
            grand_total: total + 7,
            shipping_amount: 7,
            items: lines.map(({ product, quantity }, index) => ({
              item_id: Number(id) * 10 + index,
              sku: product.sku,
              qty_ordered: quantity,
              price: product.price,
              row_total: sum([{ product, quantity }])
            }))
          }
        }
      }
    ]
  })

/** The server and the browser report the same order. */
export const medusa: Tracking = (visit) =>
  calls(visit, {
    click: ({ product, bid }) => ({
      event: 'product_card_tapped',
      properties: { product_id: product.id, variant_id: product.variant, ...bidAs('resolvedBidId', bid) }
    }),
    order: ({ id, lines, total }) => {
      const items = lines.map(({ product, quantity }) => ({
        variant_id: product.variant,
        product_id: product.id,
        title: product.name,
        unit_price: product.price,
        quantity
      }))
      return [
        { event: 'order.placed', seconds: 300, properties: { display_id: id, currency_code: 'USD', total, items } },
        { event: 'checkout_finished', seconds: 302, properties: { order_id: id, total, currency: 'USD', items } }
      ]
    }
  })

/** All amounts are in cents, which no mapping can divide. */
export const commercetools: Tracking = (visit) =>
  calls(visit, {
    click: ({ product, bid }) => ({
      event: 'Product Clicked',
      properties: { productId: product.id, ...bidAs('resolvedBidId', bid) }
    }),
    order: ({ id, lines, total }) => [
      {
        event: 'OrderCreated',
        properties: {
          order: {
            orderNumber: id,
            totalPrice: {
              type: 'centPrecision',
              currencyCode: 'USD',
              centAmount: Math.round(total * 100),
              amount: total
            },
            lineItems: lines.map(({ product, quantity }) => ({
              productId: product.id,
              variant: { sku: product.sku },
              quantity,
              price: { value: { currencyCode: 'USD', centAmount: Math.round(product.price * 100) } }
            }))
          }
        }
      }
    ]
  })

export const vtex: Tracking = (visit) =>
  calls(visit, {
    list: (tiles) => ({
      event: 'vtex:productImpression',
      properties: {
        list: 'Shelf',
        impressions: tiles.map(({ product, bid }, index) => ({
          position: index + 1,
          product: { productId: product.id, productName: product.name },
          ...bidAs('resolvedBidId', bid)
        }))
      }
    }),
    click: ({ product, bid }) => ({
      event: 'vtex:productClick',
      properties: {
        product: { productId: product.id, sku: { skuId: product.variant } },
        ...bidAs('resolvedBidId', bid)
      }
    }),
    view: ({ product }) => ({
      event: 'vtex:productView',
      properties: { product: { productId: product.id, selectedSku: product.variant } }
    }),
    order: ({ id, lines, total }) => [
      {
        event: 'vtex:orderPlaced',
        properties: {
          orderGroup: id,
          transactionId: id,
          transactionTotal: total,
          transactionCurrency: 'USD',
          transactionProducts: lines.map(({ product, quantity }) => ({
            id: product.id,
            sku: product.variant,
            price: product.price,
            quantity,
            sellerId: product.vendor
          }))
        }
      }
    ]
  })

/** `price` of a line is its total, and `base_price` the price of one item. */
export const salesforce: Tracking = (visit) =>
  calls(visit, {
    click: ({ product, bid }) => ({
      event: 'clickReco',
      properties: { product: { id: product.id }, ads: bid === undefined ? [] : [{ resolvedBidId: bid }] }
    }),
    view: ({ product }) => ({ event: 'viewProduct', properties: { product: { id: product.id, sku: product.sku } } }),
    order: ({ id, lines, total }) => [
      {
        event: 'finishCheckout',
        properties: {
          order_no: id,
          currency: 'USD',
          product_total: total,
          order_total: Math.round((total * 1.08 + 9) * 100) / 100,
          product_items: lines.map((line) => ({
            product_id: line.product.id,
            base_price: line.product.price,
            price: sum([line]),
            quantity: line.quantity
          }))
        }
      }
    ]
  })

/** Orders of the till are among those of the web. */
export const rudderstack: Tracking = (visit) =>
  calls(visit, {
    click: (tile) => ({ event: 'product_clicked', properties: segmentProduct(tile) }),
    order: (order) => [
      { event: 'order_completed', properties: { ...segmentOrder(order), channel: 'web' } },
      ...(Number(order.id) % 5 === 0
        ? [
            {
              event: 'order_completed',
              properties: { ...segmentOrder(order), order_id: `till-${order.id}`, channel: 'pos' }
            }
          ]
        : [])
    ]
  })

export const german: Tracking = (visit) =>
  calls(visit, {
    click: ({ product, bid }) => ({
      event: 'Artikel angeklickt',
      properties: { artikelnummer: product.id, anzeige: bidAs('bidId', bid) }
    }),
    order: ({ id, lines, total }) => [
      { event: 'Artikel in den Warenkorb', properties: { artikelnummer: lines[0].product.id } },
      {
        event: 'Bestellung abgeschlossen',
        properties: {
          bestellnummer: id,
          gesamtbetrag: total,
          waehrung: 'EUR',
          artikel: lines.map(({ product, quantity }) => ({
            artikelnummer: product.id,
            menge: quantity,
            einzelpreis: product.price
          }))
        }
      }
    ]
  })

/** Nothing has a name that says what it is. */
export const namedOddly: Tracking = (visit) =>
  calls(visit, {
    click: ({ product, bid }) => ({
      event: 'tile tap v3',
      properties: { ref: { item: { code: product.id } }, ...bidAs('resolved_bid_id', bid) }
    }),
    order: ({ id, lines, total }) => [
      {
        event: 'evt_4711',
        properties: {
          meta: { receiptNumber: id },
          cost: { total: { value: total, currency: 'USD' } },
          things: lines.map(({ product, quantity }) => ({
            code: product.id,
            qty: quantity,
            unitPrice: { value: product.price, currency: 'USD' }
          }))
        }
      }
    ]
  })

/** PHP writes filtered lists as objects. */
export const keyedList: Tracking = (visit) =>
  calls(visit, {
    click: (tile) => ({ event: 'Product Clicked', properties: segmentProduct(tile) }),
    order: ({ id, lines, total }) => [
      {
        event: 'Order Completed',
        properties: {
          order_id: id,
          total,
          products: Object.fromEntries(
            lines.map(({ product, quantity }, index) => [
              index * 2,
              { product_id: product.id, price: product.price, quantity }
            ])
          )
        }
      }
    ]
  })
