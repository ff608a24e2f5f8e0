import { isObject } from '../../core'
import {
  compareCost,
  diagnose,
  toTriggerFindings,
  listUnmappedNames,
  readBreakdown,
  triggerLosesMeaning
} from '../../checks'
import { addMoney } from '../../sandbox/attribution'
import { emptyCoverage, emptyDay, emptyInput } from './empty'
import type { Amounts, Day, Report, ReportFacts, RevenueSums } from './report'
import { judge } from './verdict'

/** Returns the report of nothing. */
export function emptyReport(): ReportFacts {
  return {
    version: 1,
    input: emptyInput(),
    mappings: [],
    sent: { impressions: 0, clicks: 0, purchases: 0, pageviews: 0 },
    sponsored: { impressions: 0, clicks: 0 },
    failures: [],
    leftOut: [],
    unreadable: [],
    changes: [],
    findings: [],
    coverage: emptyCoverage(),
    revenue: { lines: 0, creditedLines: 0, leftOutLines: 0, byCurrency: {}, reasons: [] },
    days: [],
    limits: [],
    sketches: {}
  }
}

/**
 * Adds counts to others of the same shape, at all levels. What is not a number stays as it is. Records, such as amounts by
 * currency, get the keys of all.
 */
export function addUp<Counts extends object>(one: Counts, ...others: NoInfer<Counts>[]): Counts {
  return others.reduce(addUpTwo, one)
}

function addUpTwo<Counts extends object>(one: Counts, other: Counts): Counts {
  const sums = Object.entries({ ...other, ...one }).map(([key, value]: [string, unknown]) => {
    const more: unknown = key in one ? other[key as keyof Counts] : undefined
    if (typeof value === 'number' && typeof more === 'number') return [key, addMoney(value, more)]
    return [key, isObject(value) && isObject(more) ? addUpTwo(value, more) : value]
  })
  return Object.fromEntries(sums) as Counts
}

/** Returns a report with the totals of its days and of the reasons why revenue is left out, and judges it. */
export function toReport(report: ReportFacts): Report {
  const { coverage, revenue } = report
  const all = addUp(emptyDay('all'), ...report.days)
  const { impressions, clicks, purchases, pageviews, sponsoredImpressions, sponsoredClicks } = all
  const leftOut = addUp({ lines: 0 }, ...revenue.reasons)
  const facts: ReportFacts = {
    ...report,
    findings: withTriggerFindings(report),
    input: { ...report.input, unmappedNames: listUnmappedNames(report.sketches['unmapped-events']) },
    sent: { impressions, clicks, purchases, pageviews },
    sponsored: { impressions: sponsoredImpressions, clicks: sponsoredClicks },
    coverage: {
      ...coverage,
      clicksWithBid: { count: sponsoredClicks, of: clicks },
      impressionsWithBid: { count: sponsoredImpressions, of: impressions },
      ordersWithEarlierClick: { count: all.ordersWithEarlierClick, of: purchases }
    },
    revenue: {
      ...revenue,
      leftOutLines: leftOut.lines,
      byCurrency: addLeftOut(all.revenue, revenue.reasons)
    }
  }
  return {
    ...facts,
    diagnosis: diagnose(facts.findings),
    verdict: judge(facts),
    breakdown: readBreakdown(report.sketches['broken-since'])
  }
}

/** Returns the findings, with the one about triggers as the mappings of the report have it. */
function withTriggerFindings({ findings, mappings, input }: ReportFacts): ReportFacts['findings'] {
  const lost = mappings.flatMap(({ name, lostTrigger }) => (lostTrigger ? [{ mapping: name, ...lostTrigger }] : []))
  const never = new Date(0).toISOString()
  const found = toTriggerFindings(lost, input.first ?? never, input.last ?? never)
  const others = findings.filter(({ code }) => code !== triggerLosesMeaning.code)
  return found.length === 0 ? others : [...others, ...found].sort(compareCost)
}

/** Returns the sums of the days by currency, with those of the lines that are not sent. */
function addLeftOut(
  byCurrency: Readonly<Day['revenue']>,
  reasons: readonly { amounts: Amounts }[]
): Record<string, RevenueSums> {
  const amounts = addUp<Amounts>({}, ...reasons.map((reason) => reason.amounts))
  const currencies = [...new Set([...Object.keys(byCurrency), ...Object.keys(amounts)])]
  return Object.fromEntries(
    currencies.sort().map((currency) => {
      const { reported, credited } = Object.hasOwn(byCurrency, currency) ? byCurrency[currency] : NOTHING
      return [currency, { reported, credited, leftOut: Object.hasOwn(amounts, currency) ? amounts[currency] : 0 }]
    })
  )
}

const NOTHING = { reported: 0, credited: 0 }
