import { compareReports } from '../compare-reports'
import type { Day, Difference, PlacedFinding, Report } from '../report'
import { summarize } from '../summary'
import { daysOf, findingWith, reportOfDays } from './reports'

/** Compares a day with the week before. */
function compare(findings: PlacedFinding[], earlier: PlacedFinding[], counts: Partial<Day> = {}) {
  return compareReports(reportOfDays(daysOf(1, counts), findings), reportOfDays(daysOf(7), earlier))
}

const codesOf = (differences: Difference[]) => differences.map(({ code }) => code)
const withCost = (amount: number, currency: string | null = 'USD') =>
  findingWith({ cost: { amount, currency, of: 'uncredited' } })

test('a day like each day of the week before has no differences', () => {
  expect(compare([findingWith({ count: 100 })], [findingWith({ count: 700 })])).toEqual({
    baseline: { first: '2026-01-01T00:00:01.000Z', last: '2026-01-07T23:59:58.000Z', events: 14_000 },
    new: [],
    worse: [],
    gone: []
  })
})

test('a finding is new if the baseline does not have its code', () => {
  const changes = compare([findingWith({}), findingWith({ code: 'no-vendor', severity: 'worth a look' })], [])
  expect(changes.new.map(({ kind, code, isLoss }) => [kind, code, isLoss])).toEqual([
    ['finding', 'stale-bid', true],
    ['finding', 'no-vendor', false]
  ])
  expect(changes.new[0]).toMatchObject({
    sentence: 'A bid is too old: 100 cases.',
    shares: { before: { count: 0, of: 14_000 }, after: { count: 100, of: 2_000 } }
  })
})

test.each([
  ['the share doubles', 200, 700, ['stale-bid']],
  ['the share grows by less than the factor', 140, 700, []],
  ['the count is smaller but the share has grown', 300, 700, ['stale-bid']],
  ['the count is larger but the share is the same', 1_000, 7_000, []],
  ['there are too few cases', 9, 7, []],
  ['the growth may be chance', 10, 35, []]
])('whether a finding is worse is decided by its share, and not by its count: %s', (_, count, before, codes) => {
  expect(codesOf(compare([findingWith({ count })], [findingWith({ count: before })]).worse)).toEqual(codes)
})

test('a finding is worse if its cost a day more than doubles, and it says both costs', () => {
  const week = { ...withCost(700), count: 700 }
  expect(compare([withCost(190)], [week]).worse).toEqual([])
  const { worse } = compare([withCost(300)], [week])
  expect(worse).toHaveLength(1)
  expect(worse[0].sentence).toMatch(
    /^A bid is too old: Orders worth 300\.\d\d USD a day are not credited \(100\.\d\d USD a day before\)\.$/
  )
})

test('a cost a day is compared with that of the same currency only', () => {
  expect(compare([withCost(300, 'EUR')], [{ ...withCost(700), count: 700 }]).worse).toEqual([])
})

test('a cost of fewer than 30 cases is not compared, because amounts vary', () => {
  expect(compare([{ ...withCost(300), count: 20 }], [{ ...withCost(700), count: 140 }]).worse).toEqual([])
})

test('a cost a day is not compared if an archive is of less than 20 hours', () => {
  const report = reportOfDays(daysOf(1), [withCost(300)])
  report.input.last = '2026-01-01T12:00:00.000Z'
  expect(compareReports(report, reportOfDays(daysOf(7), [{ ...withCost(700), count: 700 }])).worse).toEqual([])
})

test('the cost a day of a broken release is compared, although its cases are steps', () => {
  const broken = (amount: number) => ({ ...withCost(amount), code: 'broken-since', count: 1 })
  expect(codesOf(compare([broken(300)], [broken(700)]).worse)).toEqual(['broken-since'])
})

test('an event with a wrong time does not make an archive longer', () => {
  const [odd] = daysOf(1, { events: 1 })
  const report = reportOfDays([{ ...odd, day: '1970-01-01' }, ...daysOf(1)], [withCost(300)])
  const { worse } = compareReports(report, reportOfDays(daysOf(7), [{ ...withCost(700), count: 700 }]))
  expect(worse[0].costsPerDay).toMatchObject({
    before: [{ amount: expect.closeTo(100) as number }],
    after: [{ amount: 300 }]
  })
})

test('orders without an earlier view are not called worse in a shorter archive, which knows fewer views', () => {
  const orders = (count: number) => findingWith({ code: 'no-interaction', severity: 'worth a look', count })
  expect(compare([orders(300)], [orders(700)]).worse).toEqual([])
  expect(
    codesOf(compareReports(reportOfDays(daysOf(7), [orders(2_100)]), reportOfDays(daysOf(7), [orders(700)])).worse)
  ).toEqual(['no-interaction'])
})

test('more good news is not worse', () => {
  const news = (count: number) => findingWith({ severity: 'good news', count })
  expect(compare([news(300)], [news(700)]).worse).toEqual([])
})

test('a finding is gone only if the archive has enough events to show that', () => {
  expect(codesOf(compare([], [findingWith({ count: 21 })]).gone)).toEqual(['stale-bid'])
  expect(compare([], [findingWith({ count: 20 })]).gone).toEqual([])
  expect(compare([], [findingWith({ code: 'broken-since', count: 100 })]).gone).toEqual([])
})

test.each<[string, Partial<Day>, string[], string]>([
  [
    'clicks with a bid',
    { sponsoredClicks: 60 },
    ['clicks-with-bid'],
    'Clicks with a resolvedBidId: 30.0 % (60.0 % before).'
  ],
  [
    'orders with an earlier click',
    { ordersWithEarlierClick: 12 },
    ['orders-with-earlier-click'],
    'Orders whose user has an earlier click: 20.0 % (66.7 % before).'
  ],
  [
    'credited revenue',
    { revenue: { USD: { reported: 3_000, credited: 150 } } },
    ['credited-of-reported'],
    'Reported revenue that is credited to ads: 5.0 % (50.0 % before).'
  ]
])('a fall of the share of %s is worse, with both shares', (_, counts, codes, sentence) => {
  const week = reportOfDays(daysOf(7))
  const { worse } = compareReports(reportOfDays(daysOf(7, counts)), week)
  expect(codesOf(worse)).toEqual(codes)
  expect(worse[0]).toMatchObject({ kind: 'share', isLoss: true, sentence })
})

test('a fall of the share of delivered events is worse', () => {
  const mappings = [{ name: 'All', action: 'click', taken: 2_000, delivered: 1_800, failed: 200, leftOut: 0 }]
  const { worse } = compareReports(reportOfDays(daysOf(1), [], { mappings }), reportOfDays(daysOf(7)))
  expect(worse).toMatchObject([{ code: 'delivered', shares: { after: { count: 1_800, of: 2_000 } } }])
})

test('shares that depend on earlier clicks are compared over as many days from the start of each archive', () => {
  const week = daysOf(7, { ordersWithEarlierClick: 55, revenue: { USD: { reported: 3_000, credited: 2_800 } } })
  week[0] = { ...week[0], ordersWithEarlierClick: 20, revenue: { USD: { reported: 3_000, credited: 700 } } }
  const day = reportOfDays(
    daysOf(1, { ordersWithEarlierClick: 20, revenue: { USD: { reported: 3_000, credited: 700 } } })
  )
  expect(compareReports(day, reportOfDays(week)).worse).toEqual([])
})

test('a platform whose clicks lose their bids is worse, although all clicks together hardly change', () => {
  const group = { source: 'shop', sdk: '', events: 0, orders: 0 }
  const withIos = (clicksWithBid: number, version: string): Report => ({
    ...reportOfDays(daysOf(1)),
    breakdown: [
      { ...group, platform: 'ios', version, clicks: 100, clicksWithBid },
      { ...group, platform: 'web', version: '', clicks: 300, clicksWithBid: 200 }
    ] as Report['breakdown']
  })
  expect(compareReports(withIos(12, '7.2'), withIos(62, '5.2')).worse).toMatchObject([
    {
      code: 'clicks-with-bid',
      platform: 'ios of shop',
      sentence: 'Clicks of ios of shop with a resolvedBidId: 12.0 % (62.0 % before).'
    }
  ])
})

test('credited revenue in several currencies is not compared', () => {
  const week = reportOfDays(daysOf(7, { revenue: { USD: { reported: 3_000, credited: 10 } } }))
  week.revenue.byCurrency.EUR = { reported: 1, credited: 0, leftOut: 0 }
  expect(compareReports(week, reportOfDays(daysOf(7))).worse).toEqual([])
})

test('a point of the verdict is new, and does not repeat a finding', () => {
  const none = { impressions: 0, clicks: 0, purchases: 0 }
  const { new: added } = compare([findingWith({})], [findingWith({ count: 700 })], none)
  expect(added).toMatchObject([{ kind: 'point', code: 'nothing arrives', isLoss: true }])
})

test('an archive without events is a new loss', () => {
  expect(compareReports(reportOfDays([]), reportOfDays(daysOf(7))).new).toMatchObject([
    { code: 'no events', sentence: 'There are no events. The baseline has 14,000 events.', isLoss: true }
  ])
})

test('two empty archives have no share to compare', () => {
  const empty = reportOfDays(daysOf(1, { events: 0, impressions: 0, clicks: 0, purchases: 0 }))
  expect(JSON.stringify(compareReports(empty, empty))).not.toMatch(/null|NaN/)
})

describe('The summary of a report with a baseline', () => {
  const summaryOf = (report: Report, baseline: Report) =>
    summarize({ ...report, changesSince: compareReports(report, baseline) }, { color: false })

  test('the summary says what changed after what is lost, and before the results', () => {
    const text = summaryOf(reportOfDays(daysOf(1), [findingWith({})]), reportOfDays(daysOf(7)))
    const titles = [
      'What to look at',
      'Since the baseline of 2026-01-01 to 2026-01-07',
      'Events that Topsort would receive'
    ]
    const places = titles.map((title) => text.indexOf(`\n${title}`))
    expect(places).toEqual([...places].sort((one, other) => one - other))
    expect(places).not.toContain(-1)
    expect(text).toContain('  new\n    A bid is too old: 100 cases. (stale-bid)\n')
  })

  test('the summary does not say that nothing needs attention if a share fell', () => {
    const more = { revenue: { ...reportOfDays([]).revenue, creditedLines: 9, byCurrency: {} } }
    const week = reportOfDays(daysOf(7), [], more)
    expect(summaryOf(week, week)).toContain('\nNothing needs attention\n')
    const text = summaryOf(reportOfDays(daysOf(7, { sponsoredClicks: 60 }), [], more), week)
    expect(text).toContain('\nNothing else needs attention\n')
  })

  test('the summary says that nothing changed', () => {
    expect(summaryOf(reportOfDays(daysOf(7)), reportOfDays(daysOf(7)))).toContain('  Nothing is new, worse or gone.\n')
  })
})
