import { emptyReport, toReport } from '../counts'
import { emptyDay } from '../empty'
import type { Day, PlacedFinding, Report, ReportFacts } from '../report'

/** The counts of a day of a shop without mistakes. */
const GOOD_DAY: Omit<Day, 'day'> = {
  events: 2_000,
  impressions: 1_000,
  sponsoredImpressions: 500,
  clicks: 200,
  sponsoredClicks: 120,
  purchases: 60,
  pageviews: 0,
  failed: 0,
  leftOut: 0,
  ordersWithEarlierClick: 40,
  revenue: { USD: { reported: 3_000, credited: 1_500 } }
}

/** The counts of some days of the shop, from the first of January on. */
export function daysOf(length: number, counts: Partial<Day> = {}): Day[] {
  return Array.from({ length }, (_, index) => {
    const day = new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)
    return { ...emptyDay(day), ...GOOD_DAY, ...counts }
  })
}

/** The report of an archive with these days, each from midnight to midnight. */
export function reportOfDays(days: Day[], findings: PlacedFinding[] = [], more: Partial<ReportFacts> = {}): Report {
  const none = emptyReport()
  const events = days.reduce((sum, day) => sum + day.events, 0)
  const [first, last] = [days.at(0)?.day ?? '', days.at(-1)?.day ?? '']
  return toReport({
    ...none,
    input: { ...none.input, events, first: `${first}T00:00:01.000Z`, last: `${last}T23:59:58.000Z` },
    mappings: [{ name: 'All', action: 'click', taken: events, delivered: events, failed: 0, leftOut: 0 }],
    days,
    findings,
    ...more
  })
}

/** A finding with these values. */
export function findingWith(values: Partial<PlacedFinding>): PlacedFinding {
  return {
    code: 'stale-bid',
    severity: 'loses money',
    title: 'A bid is too old',
    why: 'Why.',
    cure: 'Cure.',
    link: 'docs/findings.md#stale-bid',
    count: 100,
    cost: null,
    otherCosts: [],
    first: '2026-01-01T10:00:00.000Z',
    last: '2026-01-01T10:00:00.000Z',
    samples: [],
    ...values
  }
}
