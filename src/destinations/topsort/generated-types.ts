// Generated file. DO NOT MODIFY IT BY HAND.

export interface Settings {
  /**
   * Your Marketplace API Key, from Settings > API Integration in the Topsort Manager Platform. It starts with `TSE_`.
   */
  api_key: string
  /**
   * Leaves the lines of an order out whose price is missing or 0, such as gifts, because Topsort refuses them. Switched off, an order with such a line is not reported at all and fails with an error.
   */
  skipZeroPricePurchases?: boolean
}
