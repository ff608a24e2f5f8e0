// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Identifies the event, so that Topsort can tell a repeat. It has to be unique for each event and the same whenever the event is sent again. Use the order id for purchases that your shop may report twice.
   */
  id: string
  /**
   * When the event happened: ISO 8601, or the seconds or milliseconds since 1970.
   */
  occurredAt: string | number
  /**
   * The anonymous id of the user. It has to be the id that your shop sends with its auctions: Topsort credits a purchase to an earlier click with the same id.
   */
  opaqueUserId: string
  /**
   * The `resolvedBidId` of the auction's winner. An event with it is sponsored, and billed. Without it the event is organic, and about a product, an entity or something with an external id.
   */
  resolvedBidId?: string
  /**
   * The product that an organic event is about, as in your catalog integration with Topsort.
   */
  productId?: string
  /**
   * The product or vendor that an organic event is about, if it is not the product of the field Product ID. Topsort disregards it when there is a resolved bid id.
   */
  entity?: {
    /**
     * Your marketplace's id of the product or vendor, as in your catalog integration with Topsort.
     */
    id?: string
    /**
     * `product` or `vendor`.
     */
    type?: string
  }
  /**
   * The product or vendor (`id` and `type`) to credit besides the banner whose resolved bid id the event carries. Left out without a resolved bid id.
   */
  additionalAttribution?: {
    [k: string]: unknown
  }
  /**
   * Where on the page the product or banner was. Left out without a path.
   */
  placement?: {
    /**
     * The path of the page's URL. For apps: the deep link of the view, or a path that stands for it.
     */
    path?: string
    /**
     * The place in the list of products, counted from 1.
     */
    position?: string
    /**
     * The number of the page in a paginated list, counted from 1.
     */
    page?: string
    /**
     * How many products a page of a paginated list has.
     */
    pageSize?: string
    /**
     * The product that the page is about, as in your catalog integration with Topsort.
     */
    productId?: string
    /**
     * The categories that the page is about, as in your catalog integration with Topsort.
     */
    categoryIds?: string[]
    /**
     * What the user searched for: the same text as in the auction.
     */
    searchQuery?: string
  }
  /**
   * The page on which it happened. Left out without a page id.
   */
  page?: {
    /**
     * `home`, `category`, `PDP`, `search` or `cart`, also by their common names, such as `product` or `product list`. Anything else is `other`.
     */
    type?: string
    /**
     * Identifies the page, such as its path.
     */
    pageId?: string
    /**
     * What the page shows: a category, a product, what was searched for; for a cart the list of products.
     */
    value?: string[]
  }
  /**
   * What kind of thing an organic event was about.
   */
  object?: {
    /**
     * `listing` or `banner`.
     */
    type?: string
    /**
     * The id of the asset of a banner.
     */
    assetId?: string
    /**
     * How a listing was clicked: `product`, `like` or `add-to-cart`.
     */
    clickType?: string
  }
  /**
   * Your marketplace's own id of the campaign, for offsite events.
   */
  externalCampaignId?: string
  /**
   * Your marketplace's own id of the vendor, for offsite events.
   */
  externalVendorId?: string
  /**
   * `desktop` or `mobile`; operating systems and the user agents of browsers are read as one of them. Anything else is left out.
   */
  deviceType?: string
  /**
   * `onsite`, `offsite` or `instore`. Anything else is left out.
   */
  channel?: string
  /**
   * What the demand-side platform of an offsite event wants to get back, such as `gclid`: names and texts. Values that are not text are sent as JSON.
   */
  dspMetadata?: {
    [k: string]: unknown
  }
  /**
   * How a sponsored product was clicked: `product`, `like` or `add-to-cart`. Anything else is left out.
   */
  clickType?: string
  /**
   * Sends up to 50 events to Topsort in one request. Each event still gets a result of its own.
   */
  enable_batching?: boolean
  /**
   * The largest number of events that Segment hands over at once: at most 50, as Topsort takes them.
   */
  batch_size?: number
}
