import { formatDays } from './numbers'
import type { ChangesSince, Coverage, InputCounts, Report, SentCounts, Verdict } from './report'

/** The names of the keys of a report, in the order in which they are shown. */
export const COVERAGE_NAMES: [key: keyof Coverage, name: string][] = [
  ['clicksWithBid', 'Clicks with a resolvedBidId'],
  ['impressionsWithBid', 'Impressions with a resolvedBidId'],
  ['ordersWithEarlierClick', 'Orders whose user has an earlier click'],
  ['linesWithVendor', 'Order lines with a vendor'],
  ['eventsWithAnonymousId', 'Events with an anonymousId'],
  ['eventsWithUserId', 'Events with a userId'],
  ['eventsWithNoId', 'Events with neither']
]

const DROPS: [key: keyof InputCounts, name: string][] = [
  ['unmapped', 'No mapping takes them'],
  ['excluded', 'Their "integrations" keep them from Topsort'],
  ['filtered', 'A destination filter drops them'],
  ['repeats', 'Repeats: the messageId came within a day before'],
  ['notSelected', 'Not meant by --from, --to or --source']
]

/** Returns the reasons why events reach no mapping, each with their number. Omits reasons without an event. */
export function dropsOf(input: InputCounts): [name: string, count: number][] {
  return DROPS.flatMap(([key, name]): [string, number][] => {
    const count = input[key]
    return typeof count === 'number' && count > 0 ? [[name, count]] : []
  })
}

/** Returns how many events Topsort would get. */
export function totalOf({ impressions, clicks, purchases, pageviews }: SentCounts): number {
  return impressions + clicks + purchases + pageviews
}

/** Names the differences from a baseline: `Since the baseline of 2026-01-01 to 2026-01-07`. */
export function baselineTitle({ baseline: { first, last } }: ChangesSince): string {
  return `Since the baseline of ${formatDays(first, last)}`
}

/** The lists of differences from a baseline, in the order in which they are shown. Each is called as its key. */
export const DIFFERENCES = ['new', 'worse', 'gone'] as const

/** Returns whether money or data is lost that was not lost in the baseline. Returns false without a baseline. */
export function hasNewLoss({ changesSince: changes }: Pick<Report, 'changesSince'>): boolean {
  return changes !== undefined && [...changes.new, ...changes.worse].some(({ isLoss }) => isLoss)
}

/** Names the state of a verdict. */
export function verdictTitle(report: Pick<Report, 'changesSince' | 'verdict'>): string {
  const { state } = report.verdict
  return state === 'clear' && hasNewLoss(report) ? 'Nothing else needs attention' : STATES[state]
}

const STATES: Record<Verdict['state'], string> = {
  'needs attention': 'Needs attention',
  clear: 'Nothing needs attention',
  'too little evidence': 'No mistake found, but too little to tell'
}
