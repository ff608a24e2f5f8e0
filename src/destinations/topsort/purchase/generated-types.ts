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
   * The lines of the order.
   */
  items: {
    /**
     * The product, as in your catalog integration with Topsort. A line without it is left out.
     */
    productId?: string
    /**
     * The price of one item, in your marketplace's currency (not in cents): a number, or text such as `$1,299.00`. Topsort takes prices above 0 only.
     */
    unitPrice?: string
    /**
     * How many items; 1 when it is missing. A line with 0 or less is left out. A fraction, such as 0.75 kg, is reported as one item at the price of all of it.
     */
    quantity?: string
    /**
     * Who sold the product. Halo attribution needs it.
     */
    vendorId?: string
  }[]
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
