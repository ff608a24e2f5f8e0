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
   * The lines of the order.
   */
  items: {
    /**
     * The product, as in your catalog integration with Topsort.
     */
    productId?: string
    /**
     * The price of one item in your marketplace's currency, not in cents: a number, or text such as `$1,299.00`.
     */
    unitPrice?: string
    /**
     * How many items, 1 if it is missing. A fraction, such as 0.75 kg, is reported as one item at its total price.
     */
    quantity?: string
    /**
     * The price of all items of the line. Map it instead of Unit Price if your shop reports totals: some connectors send them as `price`. The unit price is the total divided by the quantity.
     */
    lineTotal?: string
    /**
     * Who sold the product. Halo attribution needs it.
     */
    vendorId?: string
  }[]
  /**
   * The ISO 4217 code of the currency of the prices. It decides whether `12,500` is 12500 or 12.5, and is not sent to Topsort.
   */
  currency?: string
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
