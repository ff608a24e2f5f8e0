/** Twelve and more invented shops: the suggestion delivers what a person would have mapped. */
import type { Suggestions } from '../../src/suggest'
import { presets, suggestFor } from './suggest-for'
import * as trackings from './trackings'
import { makeVisits, type Tracking } from './visits'

const { truth } = makeVisits()

/** Returns the figures that matter, and the triggers of what is suggested. */
function summarize({ suggestions, after, leftOut, needs }: Suggestions) {
  const { delivered, failed, unwanted, withBid, orders, fitting, twice, afterClick } = after
  return {
    triggers: suggestions.map(({ mapping }) => mapping.subscribe.replace('type = "track" and ', '')).sort(),
    figures: { delivered, failed, unwanted, withBid, orders, fitting, twice, afterClick },
    revenue: after.revenue,
    leftOut: leftOut.map(({ name }) => name).sort(),
    needs: needs.map(({ code }): string => code).sort()
  }
}

/** The figures of a shop whose every event is mapped right. */
function whole(events: number, bids: number, currency = 'USD') {
  return {
    figures: {
      delivered: events,
      failed: 0,
      unwanted: 0,
      withBid: bids,
      orders: truth.orders,
      fitting: truth.orders,
      twice: 0,
      afterClick: truth.orders
    },
    revenue: { [currency]: truth.revenue },
    leftOut: [] as string[],
    needs: [] as string[]
  }
}

const views = truth.visits
const clicksAndOrders = truth.visits + truth.orders

test('a shop in which nothing is wrong gets the presets', async () => {
  const suggestions = await suggestFor(trackings.segmentV2)
  expect(summarize(suggestions)).toEqual({
    triggers: [],
    ...whole(2 * views + clicksAndOrders, truth.bids + truth.clickedBids)
  })
  expect(suggestions.mappings).toEqual(presets)
})

const SHOPS: [name: string, Tracking, expected: ReturnType<typeof summarize>][] = [
  [
    "Segment's first spec",
    trackings.segmentV1,
    {
      triggers: ['event = "Clicked Product"', 'event = "Completed Order"', 'event = "Viewed Product"'],
      ...whole(views + clicksAndOrders, truth.clickedBids)
    }
  ],
  [
    'Google Analytics 4, with items in a list and refunds',
    trackings.ga4,
    {
      triggers: ['event = "purchase"', 'event = "select_item"', 'event = "view_item"', 'event = "view_item_list"'],
      ...whole(2 * views + clicksAndOrders, truth.bids + truth.clickedBids),
      leftOut: ['refund']
    }
  ],
  [
    "Shopify's pixels, with everything below data",
    trackings.shopifyPixels,
    {
      triggers: [
        'event = "checkout_completed"',
        'event = "collection_viewed"',
        'event = "product_tile_clicked"',
        'event = "product_viewed"'
      ],
      ...whole(2 * views + clicksAndOrders, truth.bids + truth.clickedBids)
    }
  ],
  [
    "Shopify's webhooks, whose orders know only the customer",
    trackings.shopifyWebhooks,
    {
      triggers: ['event = "Product Clicked"', 'event = "Product Viewed"', 'event = "orders/create"'],
      ...whole(views + clicksAndOrders, truth.clickedBids),
      leftOut: ['orders/updated']
    }
  ],
  [
    'WooCommerce, with totals of lines',
    trackings.wooCommerce,
    {
      triggers: ['event = "Product Clicked"', 'event = "order.created"'],
      ...whole(clicksAndOrders, truth.clickedBids),
      leftOut: ['order.updated']
    }
  ],
  [
    'Magento, with SKUs',
    trackings.magento,
    {
      triggers: ['event = "place-order"', 'event = "recs-item-click"', 'event = "recs-unit-view"'],
      ...whole(views + clicksAndOrders, truth.bids + truth.clickedBids)
    }
  ],
  [
    'Medusa, with two events for each order',
    trackings.medusa,
    {
      triggers: ['event = "order.placed"', 'event = "product_card_tapped"'],
      ...whole(clicksAndOrders, truth.clickedBids),
      leftOut: ['checkout_finished']
    }
  ],
  [
    'VTEX, with a product and its SKU',
    trackings.vtex,
    {
      triggers: [
        'event = "vtex:orderPlaced"',
        'event = "vtex:productClick"',
        'event = "vtex:productImpression"',
        'event = "vtex:productView"'
      ],
      ...whole(2 * views + clicksAndOrders, truth.bids + truth.clickedBids)
    }
  ],
  [
    'Salesforce, with bids in a list and two prices',
    trackings.salesforce,
    {
      triggers: ['event = "clickReco"', 'event = "finishCheckout"', 'event = "viewProduct"'],
      ...whole(views + clicksAndOrders, truth.clickedBids)
    }
  ],
  [
    'RudderStack, with orders of the till',
    trackings.rudderstack,
    {
      triggers: ['event = "order_completed" and properties.channel != "pos"', 'event = "product_clicked"'],
      ...whole(clicksAndOrders, truth.clickedBids)
    }
  ],
  [
    'German names',
    trackings.german,
    {
      triggers: ['event = "Artikel angeklickt"', 'event = "Bestellung abgeschlossen"'],
      ...whole(clicksAndOrders, truth.clickedBids, 'EUR')
    }
  ],
  [
    'names that say nothing, and amounts in objects',
    trackings.namedOddly,
    {
      triggers: ['event = "evt_4711"', 'event = "tile tap v3"'],
      ...whole(clicksAndOrders, truth.clickedBids)
    }
  ]
]

test.each(SHOPS)('a shop with %s gets mappings that deliver everything', async (_, tracking, expected) => {
  expect(summarize(await suggestFor(tracking))).toEqual(expected)
})

test.each([
  ['prices in cents', trackings.commercetools, 'cents'],
  ['an object in place of a list', trackings.keyedList, 'list-unreadable']
])('a shop with %s is told what to send, and keeps its presets for orders', async (_, tracking, code) => {
  const suggestions = await suggestFor(tracking)
  expect(suggestions.needs.map((need) => need.code)).toContain(code)
  expect(suggestions.suggestions.filter(({ kind }) => kind === 'purchase')).toEqual([])
  expect(suggestions.after.withBid).toBe(truth.clickedBids)
})
