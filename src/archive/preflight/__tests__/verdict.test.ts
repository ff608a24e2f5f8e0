import { emptyDay, emptyReport, toReport } from '../counts'
import type { Day, Report, ReportFacts } from '../report'

/** A shop of which nothing is to be said. */
const GOOD: Partial<Day> = {
  events: 2_000,
  impressions: 1_000,
  sponsoredImpressions: 500,
  clicks: 200,
  sponsoredClicks: 100,
  purchases: 60,
  ordersWithEarlierClick: 50,
  revenue: 3_000,
  credited: 900
}

/** Returns the report of an archive with one day. */
function reportOf(day: Partial<Day>, more: Partial<ReportFacts> = {}): Report {
  const none = emptyReport()
  return toReport({
    ...none,
    input: { ...none.input, events: 2_000 },
    mappings: [{ name: 'Click', action: 'click', taken: 200, delivered: 200, failed: 0, leftOut: 0 }],
    revenue: { ...none.revenue, creditedLines: (day.credited ?? 0) > 0 ? 30 : 0 },
    days: [{ ...emptyDay('2026-01-31'), ...day }],
    ...more
  })
}

const badgesOf = ({ verdict }: Report): string[] => verdict.points.map(({ badge }) => badge)

test('an archive with enough events of each kind, and with credit, needs no attention', () => {
  expect(reportOf(GOOD).verdict).toEqual({ state: 'clear', points: [], missing: [] })
})

test.each<[string, Partial<Day>, RegExp]>([
  ['few impressions', { impressions: 99 }, /^at least 100 impressions \(it has 99\)$/],
  ['few clicks', { clicks: 5 }, /^at least 20 clicks \(it has 5\)$/],
  ['few orders', { purchases: 9, ordersWithEarlierClick: 9 }, /^at least 10 orders \(it has 9\)$/],
  ['no click on an ad', { sponsoredClicks: 0 }, /resolvedBidId/],
  ['no credit and few clicks on ads', { sponsoredClicks: 4, credited: 0 }, /credited to an ad/]
])('an archive with %s is not called clear, and the report says what is missing', (_, day, missing) => {
  const { verdict } = reportOf({ ...GOOD, ...day })
  expect(verdict).toMatchObject({ state: 'too little evidence', points: [] })
  expect(verdict.missing).toEqual([expect.stringMatching(missing)])
})

test('an archive of which no mapping takes an event needs attention', () => {
  const mappings = [{ name: 'Click', action: 'click', taken: 0, delivered: 0, failed: 0, leftOut: 0 }]
  const { verdict } = reportOf({ events: 2_000 }, { mappings })
  expect(verdict.points).toMatchObject([{ badge: 'nothing arrives', isLoss: true }])
  expect(verdict.points[0].text).toContain('No mapping takes any of its events.')
})

test('an archive of which every event fails needs attention', () => {
  const mappings = [{ name: 'Click', action: 'click', taken: 200, delivered: 0, failed: 200, leftOut: 0 }]
  const report = reportOf({ events: 2_000 }, { mappings })
  expect(badgesOf(report)).toEqual(['nothing arrives'])
  expect(report.verdict.points[0].text).toContain('Every event that a mapping takes fails.')
})

test('a mapping of which most events fail needs attention', () => {
  const mappings = [{ name: 'Purchase', action: 'purchase', taken: 60, delivered: 20, failed: 40, leftOut: 0 }]
  const { verdict } = reportOf(GOOD, { mappings })
  expect(verdict.points.map(({ text }) => text)).toEqual([
    '66.7 % of the events that the mapping Purchase takes would fail (40 of 60).'
  ])
})

test('an archive with ads and orders but without any credit needs attention', () => {
  expect(badgesOf(reportOf({ ...GOOD, credited: 0 }))).toEqual(['no credit'])
})

test('an archive of a few orders is not told that few of their users clicked', () => {
  expect(badgesOf(reportOf({ ...GOOD, purchases: 3, ordersWithEarlierClick: 0 }))).toEqual([])
})
