/**
 * What travels to Topsort's Events API v2: the events of one request, exactly as the API takes them.
 * The API refuses unknown keys and empty strings, so nothing that is not listed here is ever sent.
 *
 * Source: the OpenAPI file of `POST /v2/events`, https://docs.topsort.com/en/api-reference/
 * Declared with `type`, not `interface`, because Segment's per-event results take JSON-like types only.
 */

/** A product or a vendor, by the marketplace's own id as the catalog integration knows it. */
export type Entity = {
  type: 'product' | 'vendor'
  id: string
}

/** Where on a page the product or banner stood. Numbers are integers and start at 1. */
export type Placement = {
  /** `window.location.pathname`; for apps the deep link of the view, or a path that stands for it. */
  path: string
  position?: number
  page?: number
  pageSize?: number
  productId?: string
  categoryIds?: string[]
  searchQuery?: string
}

/** The page on which the event happened. `value` is a list for a cart only: the products in it. */
export type Page = {
  type: 'home' | 'category' | 'PDP' | 'search' | 'cart' | 'other'
  pageId: string
  value?: string | string[]
}

/** How a listing was interacted with. */
export type ClickType = 'product' | 'like' | 'add-to-cart'

/** What an organic event was about, beside its `entity`. */
export type InteractionObject = {
  type: 'listing' | 'banner'
  assetId?: string
  clickType?: ClickType
}

/** What every event has. */
type EventBase = {
  /** Unique for each event, and the same whenever the event is sent again. */
  id: string
  /** RFC 3339 with an offset, not in the future. */
  occurredAt: string
  /** The id that the marketplace sends with its auctions: attribution joins on it. */
  opaqueUserId: string
  deviceType?: 'desktop' | 'mobile'
  channel?: 'onsite' | 'offsite' | 'instore'
}

/** Something was seen. It is sponsored, and billed, with a `resolvedBidId`; organic without one. */
export type Impression = EventBase & {
  /** From the winner of the auction. */
  resolvedBidId?: string
  /** What an organic event is about. Topsort disregards it beside a `resolvedBidId`. */
  entity?: Entity
  /** The product that a banner led to. Only beside a `resolvedBidId`. */
  additionalAttribution?: Entity
  placement?: Placement
  page?: Page
  object?: InteractionObject
  externalCampaignId?: string
  externalVendorId?: string
  /** What the demand-side platform of an offsite event wants back, such as `{gclid: '...'}`. */
  dsp_metadata?: Record<string, string>
}

/** Something was clicked. */
export type Click = Impression & {
  clickType?: ClickType
}

/** One line of an order. */
export type PurchaseItem = {
  productId: string
  /**
   * The price of one item, above 0, in the marketplace's currency, not in cents. The API requires it. It is missing, or 0,
   * only where a customer asked to have orders sent as they are.
   */
  unitPrice?: number
  /** An integer from 1. The API takes 1 if it is missing. */
  quantity?: number
  /** Who sold it. Halo attribution needs it. */
  vendorId?: string
}

/** An order was placed. */
export type Purchase = EventBase & {
  items: PurchaseItem[]
}

/** A page was visited. */
export type Pageview = EventBase & {
  page: Page
}

/** Two ids of one user: before and after the login. The body of `POST /v2/events/beta/link-users`. */
export type LinkedUsers = {
  /** The logged-out id: 1 to 64 characters. */
  from: string
  /** The logged-in id: 1 to 64 characters, and another one than `from`. */
  to: string
}

/** The lists of a request, and the event that each of them holds. At most 50 events in each list. */
export type EventsByType = {
  impressions: Impression
  clicks: Click
  purchases: Purchase
  pageviews: Pageview
}

/** The name of a list in a request. */
export type EventType = keyof EventsByType

/** The body of `POST /v2/events`: at least one event in all. */
export type EventsRequest = { [Type in EventType]?: EventsByType[Type][] }

/** The most events of one type that a request takes. */
export const MAX_EVENTS_PER_REQUEST = 50
