import { type Figures, isBetter, isWorse, sumFigures } from '../figures'

const figures = (some: Partial<Figures>): Figures => ({ ...sumFigures([]), ...some })

test.each<[string, Partial<Figures>, Partial<Figures>]>([
  ['fewer are delivered', { taken: 5, delivered: 5 }, { taken: 5, delivered: 4, failed: 1 }],
  ['more of the same fail', { taken: 5, delivered: 4, failed: 1 }, { taken: 6, delivered: 4, failed: 2 }],
  ['fewer have a bid', { withBid: 3 }, { withBid: 2 }],
  ['fewer orders make their total', { fitting: 3 }, { fitting: 2 }],
  ['an order is reported twice', { twice: 0 }, { twice: 1 }],
  ['a refund is reported', { unwanted: 0 }, { unwanted: 1 }]
])('it is worse if %s', (_, before, after) => {
  expect(isWorse(figures(before), figures(after))).toBe(true)
  expect(isBetter(figures(before), figures(after))).toBe(false)
})

test('events that no mapping took before may fail', () => {
  expect(isWorse(figures({}), figures({ taken: 10, delivered: 9, failed: 1 }))).toBe(false)
  expect(isBetter(figures({}), figures({ taken: 10, delivered: 9, failed: 1 }))).toBe(true)
})

test('the same figures are neither better nor worse', () => {
  const same = figures({ taken: 3, delivered: 3, revenue: { USD: 3 } })
  expect([isBetter(same, same), isWorse(same, same)]).toEqual([false, false])
})

test('amounts are added up by currency', () => {
  const sum = sumFigures([
    figures({ lines: 1, revenue: { USD: 0.1, EUR: 1 } }),
    figures({ lines: 2, revenue: { USD: 0.2 } })
  ])
  expect(sum).toEqual(figures({ lines: 3, revenue: { USD: 0.3, EUR: 1 } }))
})
