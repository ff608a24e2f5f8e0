import { isObject, type JsonObject } from '../core'
import type { Billable } from './api'

/** Lists the events in lists by type, such as `{clicks: [{…}]}`, with their type. */
export function listEvents(lists: unknown): { type: string; event: JsonObject }[] {
  return Object.entries(isObject(lists) ? lists : {}).flatMap(([type, events]) =>
    (Array.isArray(events) ? events.filter(isObject) : []).map((event) => ({ type, event }))
  )
}

/** Counts the events of each type in what was sent. */
export function countBillable(sent: unknown): Billable {
  const types = listEvents(sent).map(({ type }) => type)
  const count = (wanted: keyof Billable): number => types.filter((type) => type === wanted).length
  return {
    impressions: count('impressions'),
    clicks: count('clicks'),
    purchases: count('purchases'),
    pageviews: count('pageviews')
  }
}

/** Returns a key for each event in lists by type, such as `clicks m1` for `{clicks: [{id: 'm1'}]}`. */
export function eventKeysOf(lists: unknown): string[] {
  return listEvents(lists).map(({ type, event }) => `${type} ${String(event.id)}`)
}

/** Returns whether nothing was sent. A destination then returns an empty object or undefined. */
export function isNothing(sent: unknown): boolean {
  return Object.keys(Object(sent) as object).length === 0
}
