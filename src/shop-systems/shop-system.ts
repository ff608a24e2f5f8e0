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
