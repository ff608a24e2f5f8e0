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
   * The products that the user saw. Each becomes an impression: sponsored with a resolved bid id, otherwise organic. One that has neither a bid nor an id is left out.
   */
  products: {
    /**
     * The `resolvedBidId` of the auction's winner, for a sponsored product.
     */
    resolvedBidId?: string
    /**
     * The product that an organic event is about, as in your catalog integration with Topsort.
     */
    productId?: string
    /**
     * The product or vendor (`id` and `type`) that was seen, if it is not the product of Product ID.
     */
    entity?: {
      [k: string]: unknown
    } | null
    /**
     * The product or vendor (`id` and `type`) to credit besides the banner whose resolved bid id the event carries. Left out without a resolved bid id.
     */
    additionalAttribution?: {
      [k: string]: unknown
    } | null
    /**
     * The product's place in the list, counted from 1.
     */
    position?: string
  }[]
  /**
   * Where on the page the product or banner was. Left out without a path.
   */
  placement?: {
    /**
     * The path of the page's URL. For apps: the deep link of the view, or a path that stands for it.
     */
    path?: string
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
   * `desktop` or `mobile`; operating systems and the user agents of browsers are read as one of them. Anything else is left out.
   */
  deviceType?: string
  /**
   * `onsite`, `offsite` or `instore`. Anything else is left out.
   */
  channel?: string
  /**
   * Sends up to 50 events to Topsort in one request. Each event still gets a result of its own.
   */
  enable_batching?: boolean
  /**
   * The largest number of events that Segment hands over at once: at most 50, as Topsort takes them.
   */
  batch_size?: number
}
