import { MINUTE, SECOND, toUtc } from '../core'

/**
 * The largest expected difference between two clocks. Segment corrects the clock of the sender by the time of receipt,
 * so two events within a second may seem to happen in the wrong order.
 */
export const CLOCK_TOLERANCE = SECOND

/** How long the winners of an auction stay on the page. Later, the same product may be shown for another reason. */
export const PAGE_VISIT = 30 * MINUTE

/** Returns whether something happened before something else, or at the same time within `CLOCK_TOLERANCE`. */
export function isBefore(earlier: { time: number }, later: { time: number }): boolean {
  return earlier.time <= later.time + CLOCK_TOLERANCE
}

/** Returns milliseconds since 1970, or undefined if the value is not a string with a valid time. */
export function toMilliseconds(value: unknown): number | undefined {
  const time = typeof value === 'string' ? toUtc(value) : NaN
  return Number.isNaN(time) ? undefined : time
}
