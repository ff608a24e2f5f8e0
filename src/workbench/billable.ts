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

/** Returns a key for each event in lists by type, such as `clicks m1` for `{clicks: [{id: 'm1'}]}`. */
export function eventKeysOf(lists: unknown): string[] {
  return Object.entries(Object(lists) as Record<string, unknown>).flatMap(([type, events]) =>
    Array.isArray(events) ? events.map((event) => `${type} ${String((Object(event) as { id?: unknown }).id)}`) : []
  )
}
