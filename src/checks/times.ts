import { DAY, MINUTE, SECOND, toUtc } from '../core'
import type { AttributionWindows } from './model'
import type { AdFormat } from './observation'

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

/** The longest time between a credited interaction and its order, in days: of all formats, or of each one. */
export type AttributionDays = number | Readonly<Record<AdFormat, number>>

/** Converts windows in days to those that the checks use. */
export function toWindows(days: AttributionDays): AttributionWindows {
  if (typeof days === 'number') return { of: () => days * DAY, longest: days * DAY }
  return {
    of: ({ win, isBanner, isFollowUp }) => days[win?.format ?? (isBanner || isFollowUp ? 'banners' : 'listings')] * DAY,
    longest: Math.max(...Object.values(days)) * DAY
  }
}
