import { emptyReport, toReport } from '../counts'
import { emptyDay } from '../empty'
import type { Day, PlacedFinding, Report, ReportFacts } from '../report'

/** A shop of which nothing is to be said. */
const GOOD: Partial<Day> = {
  events: 2_000,
  impressions: 1_000,
  sponsoredImpressions: 500,
  clicks: 200,
  sponsoredClicks: 100,
  purchases: 60,
  ordersWithEarlierClick: 50,
  revenue: { USD: { reported: 3_000, credited: 900 } }
}

/** Returns the report of an archive with one day. */
function reportOf(day: Partial<Day>, more: Partial<ReportFacts> = {}): Report {
  const none = emptyReport()
  return toReport({
    ...none,
    input: { ...none.input, events: 2_000 },
    mappings: [{ name: 'Click', action: 'click', taken: 200, delivered: 200, failed: 0, leftOut: 0 }],
    revenue: { ...none.revenue, creditedLines: day.revenue?.USD.credited ? 30 : 0 },
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
  [
    'no credit and few clicks on ads',
    { sponsoredClicks: 4, revenue: { USD: { reported: 3_000, credited: 0 } } },
    /credited to an ad/
  ]
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

/** Returns a finding with these values. */
function findingOf(values: Partial<PlacedFinding>): PlacedFinding {
  return {
    code: 'mapping-fails',
    severity: 'loses data',
    title: 'Most events of a mapping fail',
    why: 'Why.',
    cure: 'Cure.',
    link: 'docs/findings.md#mapping-fails',
    count: 40,
    cost: { amount: 1_234.5, currency: 'USD', of: 'not reported' },
    otherCosts: [{ amount: 7, currency: null, of: 'not reported' }],
    first: '2026-01-18T10:00:00.000Z',
    last: '2026-01-31T10:00:00.000Z',
    samples: [],
    ...values
  }
}

test('a finding that loses something needs attention, with its cost in each currency', () => {
  const { verdict, diagnosis } = reportOf(GOOD, { findings: [findingOf({})] })
  const text =
    'Most events of a mapping fail: 40 cases. Orders worth 1,234.50 USD and 7.00 (currency unknown) are not reported.'
  expect(verdict).toMatchObject({ state: 'needs attention', points: [{ text, isLoss: true, href: '#mapping-fails' }] })
  expect(diagnosis).toEqual([{ code: 'mapping-fails', sentence: text, cost: findingOf({}).cost, since: '2026-01-18' }])
})

test('the diagnosis has at most five sentences, the most expensive first, and none that another finding explains', () => {
  const costing = (code: string, amount: number, more: Partial<PlacedFinding> = {}): PlacedFinding =>
    findingOf({ code, cost: { amount, currency: 'USD', of: 'uncredited' }, otherCosts: [], ...more })
  const findings = [
    costing('stale-bid', 5),
    costing('unusable-line', 900),
    costing('mapping-fails', 900, { sentence: 'Since 18 January, all fail.' }),
    costing('no-vendor', 9_999, { severity: 'worth a look' }),
    costing('shared-id', 1),
    costing('double-click', 2),
    costing('double-path', 3),
    costing('broken-since', 1_000, { sentence: 'Orders worth 1,000.00 USD lost their credit.', isCostSaid: true }),
    costing('bad-time', 0.5)
  ]
  const { diagnosis } = reportOf(GOOD, { findings })
  expect(diagnosis.map(({ code }) => code)).toEqual([
    'broken-since',
    'mapping-fails',
    'stale-bid',
    'double-path',
    'double-click'
  ])
  expect(diagnosis.slice(0, 2).map(({ sentence }) => sentence)).toEqual([
    'Orders worth 1,000.00 USD lost their credit.',
    'Since 18 January, all fail. Orders worth 900.00 USD are not credited.'
  ])
})

test('an archive with ads and orders but without any credit is not called clear', () => {
  expect(reportOf({ ...GOOD, revenue: { USD: { reported: 3_000, credited: 0 } } }).verdict).toMatchObject({
    state: 'too little evidence',
    missing: ['an order that is credited to an ad']
  })
})

test('an archive of a few orders is not told that few of their users clicked', () => {
  expect(badgesOf(reportOf({ ...GOOD, purchases: 3, ordersWithEarlierClick: 0 }))).toEqual([])
})
