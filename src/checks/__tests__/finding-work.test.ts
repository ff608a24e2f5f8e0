import { createChecks, listChecks } from '..'
import type { Observation } from '..'
import { FINDINGS } from '../event-kinds'
import { clicked, ordered, viewed } from './shop'

/** Returns the work on the finding with this code. */
function workOf(code: string, observations: readonly Observation[]) {
  const checks = createChecks({ hasWork: true })
  observations.forEach(checks.observe)
  const finding = checks.findings().find((each) => each.code === code)
  if (!finding) throw new Error(`There is no finding ${code}`)
  return checks.workOf(finding)
}

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
