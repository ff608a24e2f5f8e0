// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * Identifies the event. It must be unique, and the same whenever the event is sent again. For purchases that your shop may report twice, use the order id.
   */
  id: string
  /**
   * When the event happened: ISO 8601, or the seconds or milliseconds since 1970.
   */
  occurredAt: string | number
  /**
   * The anonymous id of the user, the same that your shop sends with its auctions: Topsort credits a purchase to an earlier click with the same id.
   */
  opaqueUserId: string
  /**
   * The `resolvedBidId` of the auction's winner. An event with it is sponsored, and billed. An event without it is organic.
   */
  resolvedBidId?: string
  /**
   * The product that an organic event is about, as in your catalog integration with Topsort.
   */
  productId?: string
  /**
   * The product or vendor that an organic event is about, if it is not the product of Product ID.
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
   * The product or vendor to credit besides the banner whose resolved bid id the event carries. It needs a resolved bid id.
   */
  additionalAttribution?: {
    /**
     * Your marketplace's id of the product or vendor to credit.
     */
    id?: string
    /**
     * `product` or `vendor`.
     */
    type?: string
  }
  /**
   * Where on the page the product or banner was. It needs a path.
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
   * The page on which it happened. It needs a page id.
   */
  page?: {
    /**
     * `home`, `category`, `PDP`, `search` or `cart`, or a common name of one. Anything else is `other`.
     */
    type?: string
    /**
     * Identifies the page, such as its path.
     */
    pageId?: string
    /**
     * What the page shows: a category, a product, a search query, or the products in a cart.
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
   * `desktop` or `mobile`, the name of an operating system, or a browser's user agent.
   */
  deviceType?: string
  /**
   * `onsite`, `offsite` or `instore`.
   */
  channel?: string
  /**
   * What the demand-side platform of an offsite event wants back, such as `gclid`. Values that are not text are sent as JSON.
   */
  dspMetadata?: {
    [k: string]: unknown
  }
  /**
   * Sends up to 50 events to Topsort in one request. Each event still gets its own result.
   */
  enable_batching?: boolean
  /**
   * The most events that Segment hands over at once, at most 50.
   */
  batch_size?: number
}
