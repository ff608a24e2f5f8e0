import { Analytics } from '@segment/analytics-node'
import type { Delivery } from '../../src/pipeline'
import { startWorkbench } from '../../src/workbench/server'
import type { Workbench } from '../../src/workbench/server'

const TIMESTAMP = '2026-01-31T12:00:00.000Z'
/** Segment adds the time between sending and receipt to the timestamp, because it corrects the clock of the sender. */
const OCCURRED_AT: unknown = expect.stringMatching(/^2026-01-31T12:00:0\d\.\d{3}Z$/)

describe('a Segment SDK whose host is the workbench', () => {
  let workbench: Workbench
  let analytics: Analytics
  let deliveries: Delivery[]

  beforeEach(async () => {
    deliveries = []
    workbench = await startWorkbench({
      port: 0,
      log: console.error,
      report: (delivery) => deliveries.push(delivery),
      timing: { batchWait: 10 }
    })
    analytics = new Analytics({ writeKey: 'any', host: workbench.url })
  })
  afterEach(() => workbench.stop())

  async function ledgerAfterFlush() {
    await analytics.closeAndFlush()
    await workbench.pipeline.drain()
    return workbench.sandbox!.ledger()
  }

  test('reports a click with the bid from its properties', async () => {
    analytics.track({
      messageId: 'click-1',
      timestamp: TIMESTAMP,
      anonymousId: 'shopper-1',
      event: 'Product Clicked',
      properties: { product_id: 'p1', name: 'Yogurt', resolvedBidId: 'bid-1' }
    })
    expect((await ledgerAfterFlush()).clicks).toEqual([
      {
        id: 'click-1',
        occurredAt: OCCURRED_AT,
        opaqueUserId: 'shopper-1',
        resolvedBidId: 'bid-1',
        entity: { type: 'product', id: 'p1' }
      }
    ])
  })

  test('reports an event without a bid as organic', async () => {
    analytics.track({
      messageId: 'view-1',
      timestamp: TIMESTAMP,
      anonymousId: 'shopper-1',
      event: 'Product Viewed',
      properties: { product_id: 'p1' }
    })
    expect((await ledgerAfterFlush()).impressions).toEqual([
      { id: 'view-1', occurredAt: OCCURRED_AT, opaqueUserId: 'shopper-1', entity: { type: 'product', id: 'p1' } }
    ])
  })

  test('reports an event of a user without an anonymous id', async () => {
    analytics.track({
      messageId: 'order-1',
      timestamp: TIMESTAMP,
      userId: 'customer-1',
      event: 'Order Completed',
      properties: { order_id: 'o1', products: [{ product_id: 'p1', price: '9.90', quantity: '2' }] }
    })
    expect((await ledgerAfterFlush()).purchases).toEqual([
      {
        id: 'order-1',
        occurredAt: OCCURRED_AT,
        opaqueUserId: 'customer-1',
        items: [{ productId: 'p1', unitPrice: 9.9, quantity: 2 }]
      }
    ])
  })

  test('reports a list, a banner, a page and a screen', async () => {
    const common = { timestamp: TIMESTAMP, anonymousId: 'shopper-1' }
    analytics.track({
      ...common,
      messageId: 'list-1',
      event: 'Product List Viewed',
      properties: {
        products: [
          { product_id: 'p1', position: 1 },
          { resolvedBidId: 'bid-2', position: 2 }
        ]
      },
      context: { page: { path: '/yogurt' } }
    })
    analytics.track({
      ...common,
      messageId: 'banner-1',
      event: 'Banner Click',
      properties: { resolvedBidId: 'bid-3', additionalAttribution: { type: 'product', id: 'p3' } }
    })
    analytics.page({ ...common, messageId: 'page-1', category: 'Product List', properties: { path: '/yogurt' } })
    analytics.screen({ ...common, messageId: 'screen-1', name: 'Cart' })

    const base = { occurredAt: OCCURRED_AT, opaqueUserId: 'shopper-1' }
    const { impressions, clicks, pageviews } = await ledgerAfterFlush()
    expect(impressions).toEqual([
      { ...base, id: 'list-1-0', entity: { type: 'product', id: 'p1' }, placement: { path: '/yogurt', position: 1 } },
      { ...base, id: 'list-1-1', resolvedBidId: 'bid-2', placement: { path: '/yogurt', position: 2 } }
    ])
    expect(clicks).toEqual([
      { ...base, id: 'banner-1', resolvedBidId: 'bid-3', additionalAttribution: { type: 'product', id: 'p3' } }
    ])
    expect(pageviews).toEqual([
      { ...base, id: 'page-1', page: { type: 'category', pageId: '/yogurt' } },
      { ...base, id: 'screen-1', page: { type: 'cart', pageId: 'Cart' } }
    ])
  })

  test('gets a message for each event that is not delivered', async () => {
    const common = { timestamp: TIMESTAMP, anonymousId: 'shopper-1' }
    analytics.track({ ...common, event: 'Product Viewed', properties: { name: 'Yogurt' } })
    analytics.track({ ...common, event: 'Product Clicked', properties: { resolvedBidId: 'unknown-bid' } })
    analytics.track({ ...common, event: 'Product Added', properties: { product_id: 'p1' } })

    const ledger = await ledgerAfterFlush()
    expect(ledger).toEqual({ impressions: [], clicks: [], purchases: [], pageviews: [], links: [] })
    expect(deliveries.map(({ event, status, message }) => [event?.name, status, message]).sort()).toEqual([
      ['Product Added', 200, 'No mapping that is switched on takes "Product Added".'],
      [
        'Product Clicked',
        400,
        'Topsort refused this click: resolved_bid_id_not_found: could not find the provided resolved bid id (https://api.docs.topsort.com/reference/errors)'
      ],
      [
        'Product Viewed',
        400,
        "This impression is about nothing. Send the resolvedBidId of the auction's winner, or a product_id or an entity for an organic impression."
      ]
    ])
  })
})
