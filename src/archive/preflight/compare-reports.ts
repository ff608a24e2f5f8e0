import { compareCost, type Cost, sayFate, sayFinding, sayMoneys, SEVERITIES } from '../../checks'
import { DAY } from '../../core'
import { addUp } from './counts'
import { emptyDay } from './empty'
import { formatCountOf, formatShare } from './numbers'
import type { ChangesSince, Day, Difference, PlacedFinding, Point, Report, Share } from './report'

/** A finding is worse if the share of its cases among the events grows by more than this factor. */
const WORSE_SHARE = 1.5

/** A finding is worse if its cost a day grows by more than this factor. A day of the weekend may have twice the orders. */
const WORSE_COST = 2

/** Fewer cases than these may have grown by chance. Amounts vary more than counts. */
const ENOUGH_CASES = { share: 10, cost: 30 }

/** Fewer events, or orders, than this in one of the reports have no share to compare. */
const ENOUGH_OF_SHARE = 20

/** A difference of two shares is no chance if it is larger than this many standard errors. */
const STANDARD_ERRORS = 4

/** A finding is gone if at least so many cases would have been there with the earlier share. */
const MISSED_CASES = 3

/** A cost a day, and what happened earlier, cannot be known of a shorter archive. In days. */
const SHORTEST = 20 / 24

/** A day with fewer events than this part of the busiest day is the day of events with a wrong time. */
const BUSY_DAY = 0.1

/** The cases of these are steps, and not events. */
const STEPS = new Set(['broken-since'])

/** These look for what came earlier, so a shorter archive has more cases of them. */
const LOOK_BACK = new Set(['no-interaction'])

/** The code of the difference that there are no events any more. */
export const NO_EVENTS = 'no events'

/** The share of clicks with a bid has fallen if it is less than this part of the share before. */
const CLICKS_FALL = 0.8

/** The shares that are compared, in the order in which they are shown. */
export const SHARES: { code: string; name: string; fall: number; of: (period: Period, days: number) => Share }[] = [
  {
    code: 'delivered',
    name: 'Events that are delivered, of those that a mapping takes',
    fall: 0.95,
    of: ({ report: { mappings } }) => ({
      count: mappings.reduce((sum, { delivered }) => sum + delivered, 0),
      of: mappings.reduce((sum, { taken }) => sum + taken, 0)
    })
  },
  {
    code: 'clicks-with-bid',
    name: 'Clicks with a resolvedBidId',
    fall: CLICKS_FALL,
    of: ({ report: { coverage } }) => coverage.clicksWithBid
  },
  {
    code: 'orders-with-earlier-click',
    name: 'Orders whose user has an earlier click',
    fall: 0.8,
    of: (period, days) => {
      const { ordersWithEarlierClick, purchases } = firstDaysOf(period, days)
      return { count: ordersWithEarlierClick, of: purchases }
    }
  },
  {
    code: 'credited-of-reported',
    name: 'Reported revenue that is credited to ads',
    fall: 0.8,
    of: (period, days) => {
      const { purchases, revenue } = firstDaysOf(period, days)
      const { reported, credited } = Object.values(revenue).at(0) ?? { reported: 0, credited: 0 }
      // Each order counts as its part of the revenue, because an amount says nothing about chance.
      const isComparable = reported > 0 && Object.keys(period.report.revenue.byCurrency).length === 1
      return isComparable ? { count: (purchases * credited) / reported, of: purchases } : { count: 0, of: 0 }
    }
  }
]

/** A report, and the time that its archive covers. */
type Period = {
  report: Report
  /** The events that count. */
  events: number
  /** The days, without those of events with a wrong time. */
  days: Day[]
  /** In days. */
  length: number
}

/**
 * Says what changed since an earlier report. Archives may have different lengths, so shares and costs a day are compared,
 * and never counts.
 *
 * @param baseline the earlier report. It has at least one event
 */
export function compareReports(report: Report, baseline: Report): ChangesSince {
  const periods: Periods = { before: toPeriod(baseline), after: toPeriod(report) }
  const { before, after } = periods
  const [earlier, later] = [baseline, report].map(({ findings }) => [...findings].sort(compareCost))
  const [pointsBefore, pointsAfter] = [otherPointsOf(baseline), otherPointsOf(report)]
  const { first, last } = baseline.input
  return {
    baseline: { first: first ?? '', last: last ?? '', events: before.events },
    new: [
      ...(after.events === 0 ? [toSilence(before)] : []),
      ...comparePoints(pointsAfter, pointsBefore),
      ...later
        .filter(({ code }) => !earlier.some((finding) => finding.code === code))
        .map((finding) => toDifference(finding, undefined, finding, periods, sayFinding(finding)))
    ],
    worse: [
      ...later.flatMap((finding) => {
        const known = earlier.find(({ code }) => code === finding.code)
        return known && finding.severity !== 'good news' ? compareFinding(known, finding, periods) : []
      }),
      ...compareShares(periods)
    ],
    gone: [
      ...comparePoints(pointsBefore, pointsAfter),
      ...earlier
        .filter((finding) => !later.some(({ code }) => code === finding.code) && isGone(finding, periods))
        .map((finding) => toDifference(finding, finding, undefined, periods, sayGone(finding)))
    ]
  }
}

type Periods = { before: Period; after: Period }

function toPeriod(report: Report): Period {
  const { first, last, events, notSelected } = report.input
  const busiest = Math.max(0, ...report.days.map((day) => day.events))
  const days = report.days.filter(({ day, events }) => day !== 'unknown' && events >= busiest * BUSY_DAY)
  const time = first === null || last === null ? 0 : Date.parse(last) - Date.parse(first)
  return { report, events: events - notSelected, days, length: Math.min(days.length, time / DAY) }
}

/** An order of the first day can only follow clicks of that day. So the first days are compared with the first days. */
function firstDaysOf({ days }: Period, count: number): Day {
  return addUp(emptyDay('all'), ...days.slice(0, count))
}

function compareShares({ before, after }: Periods): Difference[] {
  const isLong = Math.min(before.length, after.length) >= SHORTEST
  const days = isLong ? Math.min(before.days.length, after.days.length) : 0
  const whole = SHARES.flatMap(({ of, ...rules }) =>
    compareShare(rules, { before: of(before, days), after: of(after, days) })
  )
  return [...whole, ...comparePlatforms({ before, after })]
}

/** Compares the clicks of each platform, because a broken app of one platform hardly shows among all clicks. */
function comparePlatforms({ before, after }: Periods): Difference[] {
  const earlier = clicksByPlatform(before)
  return [...clicksByPlatform(after)].flatMap(([platform, share]) => {
    const known = earlier.get(platform)
    const rules = { code: 'clicks-with-bid', name: `Clicks of ${platform} with a resolvedBidId`, fall: CLICKS_FALL }
    const found = known ? compareShare(rules, { before: known, after: share }) : []
    return found.map((difference) => ({ ...difference, platform }))
  })
}

/** Versions are added up, because each release is a new one. */
function clicksByPlatform({ report }: Period): Map<string, Share> {
  const shares = new Map<string, Share>()
  for (const { platform, source, clicks, clicksWithBid } of report.breakdown) {
    const name = [platform, source].filter(Boolean).join(' of ')
    if (name === '') continue
    const { count, of } = shares.get(name) ?? { count: 0, of: 0 }
    shares.set(name, { count: count + clicksWithBid, of: of + clicks })
  }
  return shares
}

/** Returns the difference if a share has fallen. */
function compareShare(
  { code, name, fall }: { code: string; name: string; fall: number },
  shares: Required<Difference>['shares']
): Difference[] {
  const { before, after } = shares
  const isEnough = Math.min(before.of, after.of) >= ENOUGH_OF_SHARE
  if (!isEnough || toNumber(after) >= toNumber(before) * fall || !isClear(after, before)) return []
  const sentence = `${name}: ${formatShare(after)} (${formatShare(before)} before).`
  return [{ kind: 'share', code, sentence, isLoss: true, shares }]
}

/** Returns the difference if a finding is worse. */
function compareFinding(earlier: PlacedFinding, finding: PlacedFinding, periods: Periods): Difference[] {
  if (LOOK_BACK.has(finding.code) && periods.after.days.length < periods.before.days.length) return []
  const { shares, costsPerDay } = measure(earlier, finding, periods)
  const isShareWorse =
    !STEPS.has(finding.code) &&
    finding.count >= ENOUGH_CASES.share &&
    toNumber(shares.after) > toNumber(shares.before) * WORSE_SHARE &&
    isClear(shares.before, shares.after)
  const isCostKnown = STEPS.has(finding.code) || Math.min(earlier.count, finding.count) >= ENOUGH_CASES.cost
  const grown = isCostKnown && costsPerDay ? costsPerDay.after.filter((cost) => hasGrown(cost, costsPerDay.before)) : []
  if (!isShareWorse && grown.length === 0) return []
  const sentences = [
    ...(isShareWorse ? [`${formatShare(shares.after)} of the events (${formatShare(shares.before)} before).`] : []),
    ...(grown.length > 0 ? [sayGrowth(grown, costsPerDay?.before ?? [])] : [])
  ]
  return [toDifference(finding, earlier, finding, periods, `${finding.title}: ${sentences.join(' ')}`)]
}

function hasGrown(cost: Cost, earlier: readonly Cost[]): boolean {
  const before = earlier.find(({ currency }) => currency === cost.currency)
  return before !== undefined && cost.amount > before.amount * WORSE_COST
}

function sayGrowth(grown: readonly Cost[], earlier: readonly Cost[]): string {
  const before = earlier.filter(({ currency }) => grown.some((cost) => cost.currency === currency))
  return `Orders worth ${sayMoneys(grown)} a day ${sayFate(grown[0].of)} (${sayMoneys(before)} a day before).`
}

function sayGone({ title, count }: PlacedFinding): string {
  return `${title}: no case. The baseline has ${formatCountOf(count, 'case')}.`
}

/** Returns whether a finding would still be there if nothing had changed. A step shows only over as many days. */
function isGone({ code, count }: PlacedFinding, { before, after }: Periods): boolean {
  if (STEPS.has(code)) return after.days.length >= before.days.length
  return count * (after.events / before.events) >= MISSED_CASES
}

function toDifference(
  { code, severity }: PlacedFinding,
  earlier: PlacedFinding | undefined,
  later: PlacedFinding | undefined,
  periods: Periods,
  sentence: string
): Difference {
  const { isLoss } = SEVERITIES[severity]
  return { kind: 'finding', code, sentence, isLoss, ...measure(earlier, later, periods) }
}

function measure(
  earlier: PlacedFinding | undefined,
  later: PlacedFinding | undefined,
  { before, after }: Periods
): Pick<Required<Difference>, 'shares'> & Pick<Difference, 'costsPerDay'> {
  const shares = {
    before: { count: earlier?.count ?? 0, of: before.events },
    after: { count: later?.count ?? 0, of: after.events }
  }
  const costs = { before: costsPerDayOf(earlier, before), after: costsPerDayOf(later, after) }
  const isKnown = Math.min(before.length, after.length) >= SHORTEST && costs.before.length + costs.after.length > 0
  return { shares, ...(isKnown && { costsPerDay: costs }) }
}

function costsPerDayOf(finding: PlacedFinding | undefined, { length }: Period): Cost[] {
  if (!finding?.cost || length === 0) return []
  return [finding.cost, ...finding.otherCosts].map((cost) => ({ ...cost, amount: cost.amount / length }))
}

/** Returns whether one share is so much smaller than the other that it is no chance. */
function isClear(smaller: Share, larger: Share): boolean {
  const all = (smaller.count + larger.count) / (smaller.of + larger.of)
  const error = Math.sqrt(Math.max(0, all * (1 - all)) * (1 / smaller.of + 1 / larger.of))
  return toNumber(larger) - toNumber(smaller) > error * STANDARD_ERRORS
}

function toNumber({ count, of }: Share): number {
  return of === 0 ? 0 : count / of
}

/** Returns the points of the verdict that are not about a finding. */
export function otherPointsOf({ verdict, findings }: Pick<Report, 'verdict' | 'findings'>): Point[] {
  const links = new Set(findings.map(({ code }) => `#${code}`))
  return verdict.points.filter(({ href = '' }) => !links.has(href))
}

/** Nothing is wrong with no events, so only the comparison shows that they are missing. */
function toSilence({ events }: Period): Difference {
  const sentence = `There are no events. The baseline has ${formatCountOf(events, 'event')}.`
  return { kind: 'point', code: NO_EVENTS, sentence, isLoss: true }
}

/** Returns the points that are not among the others, as differences. */
function comparePoints(points: readonly Point[], others: readonly Point[]): Difference[] {
  return points
    .filter(({ badge }) => !others.some((other) => other.badge === badge))
    .map(({ badge, text, isLoss }) => ({ kind: 'point', code: badge, sentence: text, isLoss }))
}
