import { DAY } from '../core'
import type { AttributionWindows } from './model'
import type { AdFormat } from './observation'

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
