import type { EventsByType, EventsRequest } from '../contract'

/** The current time in the tests. It is after all events below. */
export const NOW = Date.parse('2026-03-01T12:00:00Z')

export const KEY = 'TSE_4vN9kq2TzR'

export const impression: EventsByType['impressions'] = {
  id: 'e6a7bd5c-0',
  occurredAt: '2026-03-01T08:59:30-03:00',
  opaqueUserId: '71303ce0-de89-496d-8270-6434589615e8',
  resolvedBidId: 'WyJiX01mazE1IiwiMTJhNTU4MjgtOGVhZC00Mjk5LTgzMjctY2ViYjAwMmEwZmE4IiwibGlzdGluZ3MiLCJkZWZhdWx0IiwiIl0=',
  additionalAttribution: { type: 'product', id: 'p_SA0238' },
  placement: {
    path: '/categories/dairy',
    position: 1,
    page: 2,
    pageSize: 15,
    productId: 'p_SA0238',
    categoryIds: ['9BLIe', 'c_dairy'],
    searchQuery: 'oat milk'
  },
  page: { type: 'category', pageId: '/categories/dairy', value: 'dairy' },
  object: { type: 'banner', assetId: 'banner_asset_001', clickType: 'like' },
  externalCampaignId: 'awareness-2026',
  externalVendorId: 'v_8fj2D',
  dsp_metadata: { gclid: 'Cj0KCQiA' },
  deviceType: 'mobile',
  channel: 'onsite'
}

export const click: EventsByType['clicks'] = { ...impression, id: 'b39d39ed', clickType: 'add-to-cart' }

/** An organic click with the required keys only. */
export const bareClick: EventsByType['clicks'] = {
  id: '5a7f7c1e',
  occurredAt: '2026-03-01T11:59:31.250Z',
  opaqueUserId: '71303ce0-de89-496d-8270-6434589615e8',
  entity: { type: 'product', id: 'p_oajf2D' }
}

export const purchase: EventsByType['purchases'] = {
  id: 'order-100482',
  occurredAt: '2026-03-01T11:59:59Z',
  opaqueUserId: '71303ce0-de89-496d-8270-6434589615e8',
  items: [
    { productId: 'p_SA0238', unitPrice: 12.95, quantity: 2, vendorId: 'v_8fj2D' },
    { productId: 'p_oajf2D', unitPrice: 1.49 }
  ],
  deviceType: 'desktop',
  channel: 'instore'
}

export const pageview: EventsByType['pageviews'] = {
  id: '8f648a8e',
  occurredAt: '2026-03-01T11:58:00Z',
  opaqueUserId: '71303ce0-de89-496d-8270-6434589615e8',
  page: { type: 'cart', pageId: '/cart', value: ['p_SA0238', 'p_oajf2D'] }
}

export const full: EventsRequest = {
  impressions: [impression],
  clicks: [click, bareClick],
  purchases: [purchase],
  pageviews: [pageview]
}

export const emptyLedger = { impressions: [], clicks: [], purchases: [], pageviews: [], links: [] }

/** The ledger after `full` is stored. */
export const fullLedger = { ...full, links: [] }

/** Returns a copy of an object without one key. */
export const without = (object: object, key: string): object =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))

/** Returns copies of an event, each with its own id. */
export function many<Event extends { id: string }>(count: number, event: Event): Event[] {
  return Array.from({ length: count }, (_, index) => ({ ...event, id: `${event.id}-${index}` }))
}

/** Returns the request of a client that reports events. */
export function report(body: unknown, authorization = `Bearer ${KEY}`) {
  return {
    method: 'POST',
    headers: { Authorization: authorization, 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body)
  }
}

/** Returns the error body of the sandbox. */
export function errorBody(errCode: string, message: unknown) {
  return { errCode, message, docUrl: 'https://api.docs.topsort.com/reference/errors' }
}
