// Generated file. DO NOT MODIFY IT BY HAND.

export interface Payload {
  /**
   * The opaque user id of the user before the login, at most 64 characters.
   */
  from?: string
  /**
   * The opaque user id of the user after the login, at most 64 characters.
   */
  to?: string
  /**
   * Sends up to 50 events to Topsort in one request. Each event still gets its own result.
   */
  enable_batching?: boolean
  /**
   * The most events that Segment hands over at once, at most 50.
   */
  batch_size?: number
}
