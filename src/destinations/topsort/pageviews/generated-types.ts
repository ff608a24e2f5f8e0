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
   * The page or screen that was visited.
   */
  page: {
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
   * `desktop` or `mobile`, the name of an operating system, or a browser's user agent.
   */
  deviceType?: string
  /**
   * `onsite`, `offsite` or `instore`.
   */
  channel?: string
  /**
   * Sends up to 50 events to Topsort in one request. Each event still gets its own result.
   */
  enable_batching?: boolean
  /**
   * The most events that Segment hands over at once, at most 50.
   */
  batch_size?: number
}
