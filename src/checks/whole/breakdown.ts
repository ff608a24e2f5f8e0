import { dayName } from './days'
import {
  addTo,
  type CallGroup,
  type CountName,
  COUNTS,
  createGroupDays,
  type DayCounts,
  emptyCounts
} from './group-days'
import type { SavedGroup } from './group-days'
import type { CallSource } from './source'

/** The counts of a group of calls, in all or of a day. */
export type BreakdownCounts = Record<CountName, number> & {
  /** The revenue of the orders that the group sent, by currency. `unknown` if an order names none. */
  revenue: Record<string, number>
}

/** The calls of one source, platform, app version and SDK. */
export type BreakdownGroup = CallSource &
  BreakdownCounts & {
    /** Set for the one group of all others. Its names are empty. */
    isRest?: true
    /** Oldest first, without days that have no calls. */
    days: (BreakdownCounts & { day: string })[]
  }

/** More groups become one. */
const MAX_GROUPS = 20

/**
 * Returns how many calls, failures, clicks, orders and how much revenue each source, platform, version and SDK has. The
 * largest 20 groups come first, and then one with the rest.
 *
 * @param saved the sketches of `broken-since`, as the check saves them
 */
export function readBreakdown(saved: unknown): BreakdownGroup[] {
  const groups = createGroupDays()
  if (Array.isArray(saved)) groups.merge(saved as SavedGroup[])
  const all = groups.list().map(toGroup)
  all.sort((one, other) => other.events - one.events)
  if (all.length <= MAX_GROUPS) return all
  const rest: CallGroup = { source: '', platform: '', version: '', sdk: '', days: new Map() }
  const kept = new Set(all.slice(0, MAX_GROUPS).map(nameOf))
  for (const group of groups.list()) {
    if (kept.has(nameOf(group))) continue
    for (const [day, counts] of group.days) {
      const known = rest.days.get(day) ?? emptyCounts()
      addTo(known, counts)
      rest.days.set(day, known)
    }
  }
  return [...all.slice(0, MAX_GROUPS), { ...toGroup(rest), isRest: true }]
}

function nameOf({ source, platform, version, sdk }: CallSource): string {
  return JSON.stringify([source, platform, version, sdk])
}

function toGroup({ days, ...source }: CallGroup): BreakdownGroup {
  const sorted = [...days].sort(([one], [other]) => one - other)
  const all = emptyCounts()
  for (const [, counts] of sorted) addTo(all, counts)
  return {
    ...source,
    ...toCounts(all),
    days: sorted.map(([day, counts]) => ({ day: dayName(day), ...toCounts(counts) }))
  }
}

function toCounts(counts: DayCounts): BreakdownCounts {
  const numbers = Object.fromEntries(COUNTS.map((name) => [name, counts[name]])) as Record<CountName, number>
  const revenue = Object.entries(counts.money).map(([currency, { reported }]) => [currency || 'unknown', reported])
  return { ...numbers, revenue: Object.fromEntries(revenue) as Record<string, number> }
}
