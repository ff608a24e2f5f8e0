export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/**
 * Two clocks agree within this time. Segment corrects the sender's clock by when a request arrives, so two events of the
 * same second may change places.
 */
export const CLOCK_TOLERANCE = SECOND

/** How long an auction's winners are on the page: after this time, the same product may be there for other reasons. */
export const PAGE_VISIT = 30 * MINUTE

/** Whether something happened before something else, as far as their clocks can tell. */
export function isBefore(earlier: { time: number }, later: { time: number }): boolean {
  return earlier.time <= later.time + CLOCK_TOLERANCE
}

/** @returns milliseconds since 1970, or undefined if the value is not a time as text */
export function toMilliseconds(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : NaN
  return Number.isNaN(time) ? undefined : time
}
