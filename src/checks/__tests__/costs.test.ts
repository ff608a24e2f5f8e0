import { createChecks } from '..'
import { clicked, ordered } from './shop'

/** Two ids of one person: the click has one, and the orders have the other one. */
const observations = [
  clicked({ anonymousId: 'anna', userId: 'u-1' }),
  ordered({ at: 60, anonymousId: null, userId: 'u-1', properties: { currency: 'EUR' } }),
  ordered({
    at: 120,
    anonymousId: null,
    userId: 'u-1',
    properties: { currency: 'EUR' },
    lines: [
      { product_id: 'milk', price: 0.1, quantity: 3 },
      { product_id: 'tea', price: 4 }
    ]
  }),
  ordered({ at: 180, anonymousId: null, userId: 'u-1', properties: { currency: 'USD' } }),
  ordered({ at: 240, anonymousId: null, userId: 'u-1', lines: [{ product_id: 'tea', price: 1 }] })
]

function findingOf(code: string) {
  const checks = createChecks()
  observations.forEach(checks.observe)
  checks.settle()
  return checks.findings().find((finding) => finding.code === code)
}

test('a finding has the revenue of its orders by currency, the largest amount first, and never adds up two currencies', () => {
  expect(findingOf('user-id-mismatch')).toMatchObject({
    count: 4,
    cost: { amount: 6.8, currency: 'EUR', of: 'uncredited' },
    otherCosts: [
      { amount: 2.5, currency: 'USD', of: 'uncredited' },
      { amount: 1, currency: null, of: 'uncredited' }
    ]
  })
})

test('findings are sorted by severity, and then by what they cost', () => {
  const checks = createChecks()
  observations.forEach(checks.observe)
  const [first] = checks.findings()
  expect(first.code).toBe('user-id-mismatch')
})
