import { dayName } from './days'
import { addUpDays, type CallGroup, type CountName, COUNTS, createGroupDays, type DayCounts } from './group-days'
import type { CallSource } from '../source'
import { joinDays } from './units'

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
  if (Array.isArray(saved)) groups.merge(saved)
  const all = groups.list().sort((one, other) => countEvents(other) - countEvents(one))
  if (all.length <= MAX_GROUPS) return all.map(toGroup)
  const days = joinDays(all.slice(MAX_GROUPS).map((group) => group.days))
  const rest = toGroup({ source: '', platform: '', version: '', sdk: '', days })
  return [...all.slice(0, MAX_GROUPS).map(toGroup), { ...rest, isRest: true }]
}

function countEvents({ days }: CallGroup): number {
  return addUpDays(days.values()).events
}

function toGroup({ days, ...source }: CallGroup): BreakdownGroup {
  const sorted = [...days].sort(([one], [other]) => one - other)
  return {
    ...source,
    ...toCounts(addUpDays(days.values())),
    days: sorted.map(([day, counts]) => ({ day: dayName(day), ...toCounts(counts) }))
  }
}

function toCounts(counts: DayCounts): BreakdownCounts {
  const numbers = Object.fromEntries(COUNTS.map((name) => [name, counts[name]])) as Record<CountName, number>
  const revenue = Object.entries(counts.money).map(([currency, { reported }]) => [currency || 'unknown', reported])
  return { ...numbers, revenue: Object.fromEntries(revenue) as Record<string, number> }
}
