/**
 * The events of Topsort's Events API v2, exactly as the API accepts them. The API refuses unknown keys and empty
 * strings, so only the keys in these types are sent.
 *
 * Source: the OpenAPI file of `POST /v2/events`, https://docs.topsort.com/en/api-reference/ Uses `type` and not
 * `interface`, because Segment's results accept only JSON-like types.
 */

/** A product or a vendor, with its id in the marketplace's catalog integration. */
export type Entity = {
  type: 'product' | 'vendor'
  id: string
}

/** The place of a product or banner on a page. Numbers are integers and start at 1. */
export type Placement = {
  /** `window.location.pathname`. For apps, the deep link of the view or a similar path. */
  path: string
  position?: number
  page?: number
  pageSize?: number
  productId?: string
  categoryIds?: string[]
  searchQuery?: string
}

/** The page on which the event happened. Only the `value` of a cart can be a list: the products in it. */
export type Page = {
  type: 'home' | 'category' | 'PDP' | 'search' | 'cart' | 'other'
  pageId: string
  value?: string | string[]
}

/** The kind of a click. */
export type ClickType = 'product' | 'like' | 'add-to-cart'

/** The kind of object that an organic event was about, in addition to its `entity`. */
export type InteractionObject = {
  type: 'listing' | 'banner'
  assetId?: string
  clickType?: ClickType
}

/** The keys that all events share. */
type EventBase = {
  /** Unique for each event, and the same each time the event is sent. */
  id: string
  /** RFC 3339 with an offset, not in the future. */
  occurredAt: string
  /** The same id as in the auctions of the marketplace. Attribution depends on it. */
  opaqueUserId: string
  deviceType?: 'desktop' | 'mobile'
  channel?: 'onsite' | 'offsite' | 'instore'
}

/** A user saw something. With a `resolvedBidId`, it is sponsored and billed. Without one, it is organic. */
export type Impression = EventBase & {
  /** The `resolvedBidId` of the winner of the auction. */
  resolvedBidId?: string
  /** The product or vendor that an organic event is about. Topsort ignores it if there is a `resolvedBidId`. */
  entity?: Entity
  /** The product or vendor that a banner led to. Only allowed together with a `resolvedBidId`. */
  additionalAttribution?: Entity
  placement?: Placement
  page?: Page
  object?: InteractionObject
  externalCampaignId?: string
  externalVendorId?: string
  /** Values for the demand-side platform of an offsite event, such as `{gclid: '...'}`. */
  dsp_metadata?: Record<string, string>
}

/** A user clicked something. */
export type Click = Impression & {
  clickType?: ClickType
}

/** One line of an order. */
export type PurchaseItem = {
  productId: string
  /**
   * The price of one item, above 0, in the marketplace's currency, not in cents. The API requires it. It can be missing
   * or 0 only if the setting `skipZeroPricePurchases` is off.
   */
  unitPrice?: number
  /** An integer of at least 1. Default: 1. */
  quantity?: number
  /** The vendor who sold the product. Halo attribution needs it. */
  vendorId?: string
}

/** A user placed an order. */
export type Purchase = EventBase & {
  items: PurchaseItem[]
}

/** A user visited a page. */
export type Pageview = EventBase & {
  page: Page
}

/** Two ids of one user, before and after the login: the body of `POST /v2/events/beta/link-users`. */
export type LinkedUsers = {
  /** The logged-out id: 1 to 64 characters. */
  from: string
  /** The logged-in id: 1 to 64 characters, different from `from`. */
  to: string
}

/** The lists of a request, each with the type of its events. A list has at most 50 events. */
export type EventsByType = {
  impressions: Impression
  clicks: Click
  purchases: Purchase
  pageviews: Pageview
}

/** The name of a list in a request. */
export type EventType = keyof EventsByType

/** The body of `POST /v2/events`, with at least one event. */
export type EventsRequest = { [Type in EventType]?: EventsByType[Type][] }

/** The largest number of events of one type in a request. */
export const MAX_EVENTS_PER_REQUEST = 50
