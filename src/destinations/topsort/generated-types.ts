// Generated file. DO NOT MODIFY IT BY HAND.

export interface Settings {
  /**
   * Your Marketplace API Key, from Settings > API Integration in the Topsort Manager Platform. It starts with `TSE_`.
   */
  api_key: string
  /**
   * Skips order lines without a price above 0, such as gifts. Topsort rejects them. If this is off, orders are sent with all their lines, and Topsort decides.
   */
  skipZeroPricePurchases?: boolean
}
