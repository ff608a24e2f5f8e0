import type { Billable } from './api'

/** Counts the events of each type in what was sent, such as `{clicks: [{…}]}`. */
export function countBillable(sent: unknown): Billable {
  const { impressions, clicks, purchases, pageviews } = Object(sent) as Record<string, unknown>
  return {
    impressions: lengthOf(impressions),
    clicks: lengthOf(clicks),
    purchases: lengthOf(purchases),
    pageviews: lengthOf(pageviews)
  }
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0
}
