import type { Figures, Suggestion } from '../../suggest'
import { formatAmounts } from '../preflight/money'
import { formatCount } from '../preflight/numbers'

/** Said of a field whose default finds the value. */
export const AS_NEW = 'as in a new mapping'

/** A row of figures: what is counted, before and after. */
type FigureRow = { name: string; before: string; after: string }

const COUNTS: [key: keyof Figures, name: string][] = [
  ['delivered', 'Events delivered'],
  ['failed', 'Events that fail'],
  ['unwanted', 'Reported, and should not be'],
  ['withBid', 'Impressions and clicks with a bid'],
  ['orders', 'Orders'],
  ['fitting', 'Orders whose lines add up to their total'],
  ['twice', 'Orders reported twice'],
  ['afterClick', 'Orders after a click on a product in them'],
  ['credited', 'Orders after a click on an ad for it'],
  ['lines', 'Lines of orders'],
  ['linesWithVendor', 'Lines with a vendor']
]

const AMOUNTS: [key: 'revenue' | 'ownTotal' | 'creditedRevenue', name: string][] = [
  ['revenue', 'Revenue reported'],
  ['ownTotal', 'Sum of the totals in these orders'],
  ['creditedRevenue', 'Revenue credited to ads']
]

/** Lists the figures that are not zero on both sides. */
export function listFigures(before: Figures, after: Figures): FigureRow[] {
  const counts = COUNTS.flatMap(([key, name]): FigureRow[] => {
    const [then, now] = [Number(before[key]), Number(after[key])]
    return then === 0 && now === 0 ? [] : [{ name, before: formatCount(then), after: formatCount(now) }]
  })
  const amounts = AMOUNTS.flatMap(([key, name]): FigureRow[] => {
    const isNone = [before[key], after[key]].every((sums) => Object.keys(sums).length === 0)
    return isNone ? [] : [{ name, before: formatAmounts(before[key]), after: formatAmounts(after[key]) }]
  })
  return [...counts, ...amounts]
}

/** Says what a suggestion does to the current mappings. */
export function describePlace({ replaces, joins, before }: Suggestion): string {
  if (replaces === null) return 'a new mapping'
  if (joins) return `with those of ${replaces}, which fits them too`
  return before.taken > 0 ? `changes ${replaces}` : `in place of ${replaces}, which takes none of these events`
}

/** Names a suggestion: `Purchase, from "purchase" (167)`. */
export function nameSuggestion({ mapping, events }: Suggestion): string {
  const names = events.map(({ name, count }) => `"${name}" (${formatCount(count)})`)
  return `${mapping.name}, from ${names.join(' and ')}`
}
