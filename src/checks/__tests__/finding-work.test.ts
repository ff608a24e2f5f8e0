import { createChecks, listChecks, type Observation } from '..'
import { FINDINGS } from '../finding-work'
import { clicked, ordered, viewed } from './shop'

/** Returns the work on the finding with this code. */
function workOf(code: string, observations: readonly Observation[]) {
  const checks = createChecks({ hasWork: true })
  observations.forEach(checks.observe)
  const finding = checks.findings().find((each) => each.code === code)
  if (!finding) throw new Error(`There is no finding ${code}`)
  return checks.workOf(finding)
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

/** One tap that is two clicks. */
const doubleClick = (at: number): Observation[] =>
  ['Product Clicked', 'Product Added'].map((name) =>
    clicked({ at, name, properties: { product_id: 'tea', resolvedBidId: `bid-${at}` } })
  )

/** Clicks that are correct. */
const clicksFrom = (start: number, count: number): Observation[] =>
  Array.from({ length: count }, (_, index) =>
    clicked({ at: start + index, properties: { product_id: 'tea', resolvedBidId: `good-${start + index}` } })
  )

const noVendor = (at: number): Observation => ordered({ at, lines: [{ product_id: 'tea', price: 1 }] })

test('a finding is a share of the events of its kind', () => {
  const others = [viewed({ at: 1, properties: { product_id: 'tea' } }), ...clicksFrom(10, 2)]
  expect(workOf('double-click', [...others, ...doubleClick(5)])).toMatchObject({
    events: 1,
    of: { kind: 'click', count: 4 }
  })
  expect(workOf('no-vendor', [...others, noVendor(20), noVendor(30)])).toMatchObject({
    events: 2,
    of: { kind: 'order', count: 2 }
  })
})

test('the trend counts each case, and ends with the newest event of the kind', () => {
  const { trend } = workOf('double-click', [...doubleClick(0), ...clicksFrom(120, 1)])
  expect(trend).toMatchObject({ step: 'minute' })
  expect(trend?.counts.slice(-3)).toEqual([1, 0, 0])
})

test('a case that is taken back leaves the share and the trend', () => {
  const clickedBy = (user: string, at: number) => clicked({ at, anonymousId: user, userId: `account-${user}` })
  const orderedBy = (user: string, at: number) => ordered({ at, anonymousId: null, userId: `account-${user}` })
  const others = ['anna', 'bert'].flatMap((user) => [clickedBy(user, 0), orderedBy(user, 10)])
  expect(workOf('user-id-mismatch', others)).toMatchObject({ events: 2, of: { kind: 'order', count: 2 } })

  const late = clicked({ at: 5, anonymousId: null, userId: 'account-anna' })
  const { events, trend } = workOf('user-id-mismatch', [...others, late])
  expect([events, trend && sum(trend.counts)]).toEqual([1, 1])
})

test('cases whose events are forgotten stay in the share and the trend', () => {
  const checks = createChecks({ hasWork: true, window: { facts: 10 } })
  const observations = Array.from({ length: 50 }, (_, at) => doubleClick(at * 5)).flat()
  observations.forEach(checks.observe)
  const [finding] = checks.findings()
  expect(finding).toMatchObject({ code: 'double-click', count: 50 })
  const { events, trend } = checks.workOf(finding)
  expect([events, trend && sum(trend.counts)]).toEqual([50, 50])
})

test('a finding about all events together has no share and no trend, and no finding has them without `hasWork`', () => {
  const checks = createChecks()
  doubleClick(0).forEach(checks.observe)
  expect(checks.workOf(checks.findings()[0])).toEqual({})
  const unmapped = { ...ordered({ name: 'Completed Order' }), deliveries: [] }
  expect(workOf('unmapped-events', [unmapped])).toEqual({})
})

test.each([
  [19, undefined],
  [20, true]
])('after %i further clicks without a case, the finding is resolved: %s', (count, isResolved) => {
  const before = clicksFrom(-2, 2)
  // 1 of 4 clicks is a case then, so 12 would be enough.
  expect(workOf('double-click', [...doubleClick(0), ...before, ...clicksFrom(10, count)]).isResolved).toBe(isResolved)
})

test('a rare mistake needs more events until it is resolved, and one that comes back is not resolved', () => {
  const rare = [...clicksFrom(-3_000, 98), ...doubleClick(0)]
  // 1 of 100 clicks is a case, so 300 are needed.
  expect(workOf('double-click', [...rare, ...clicksFrom(10, 299)]).isResolved).toBeUndefined()
  expect(workOf('double-click', [...rare, ...clicksFrom(10, 300)]).isResolved).toBe(true)
  expect(workOf('double-click', [...doubleClick(0), ...clicksFrom(10, 60), ...doubleClick(100)])).toMatchObject({
    events: 2
  })
  expect(
    workOf('double-click', [...doubleClick(0), ...clicksFrom(10, 60), ...doubleClick(100)]).isResolved
  ).toBeUndefined()
})

test('each finding of a kind exists', () => {
  const codes = listChecks().map(({ code }) => code)
  for (const code of Object.values(FINDINGS).flat()) expect(codes).toContain(code)
})
