/** A value of the mapped payload that was changed, or not sent. */
export type Difference = {
  /** Where the value is in the payload: `placement.position`, `items[1].quantity`. */
  path: string
  from: unknown
  /** What was sent instead. Absent if nothing was. */
  to?: unknown
}
