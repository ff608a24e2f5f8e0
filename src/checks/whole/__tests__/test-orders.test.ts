import { ordered } from '../../__tests__/shop'
import { from, findingOf } from './whole'

const usual = Array.from({ length: 40 }, (_, index) =>
  order(10 + index, { id: `u-${index}`, anonymousId: `u-${index}` })
)

function order(price: number, options: Parameters<typeof ordered>[0] = {}) {
  const properties = { currency: 'EUR', ...options.properties }
  return from('web', ordered({ lines: [{ product_id: 'p', price }], ...options, properties }))
}

test.each<[string, Parameters<typeof ordered>[0]]>([
  ['a user', { anonymousId: 'qa-2' }],
  ['an email address', { properties: { email: 'test@shop.example' } }],
  ['an order id', { orderId: 'TEST-17' }]
])('an order at a far higher price whose %s says that it is a test is reported', (_, options) => {
  expect(findingOf('test-orders', [...usual, order(5_000, options)])).toMatchObject({
    severity: 'worth a look',
    count: 1,
    cost: { amount: 5_000, currency: 'EUR', of: 'reported wrongly' }
  })
})

test('several orders of one user at 9,999 are reported', () => {
  const tests = [1, 2, 3].map((at) => order(9_999, { at, anonymousId: 'x' }))
  expect(findingOf('test-orders', [...usual, ...tests])?.count).toBe(3)
  expect(findingOf('test-orders', [...usual, ...tests.slice(0, 2)])).toBeUndefined()
})

test.each<[string, ReturnType<typeof order>[]]>([
  ['a high price', [order(5_000), order(5_000)]],
  ['9,999 by several users', ['a', 'b', 'c', 'd'].map((anonymousId) => order(9_999, { anonymousId }))],
  ['a usual price and the word test', [order(20, { anonymousId: 'test-1' })]],
  ['a high price and a name such as Testa or latest', [order(5_000, { anonymousId: 'maria.testa@latest.example' })]]
])('orders with %s are not reported', (_, others) => {
  expect(findingOf('test-orders', [...usual, ...others])).toBeUndefined()
})

test('a high price in a currency of large numbers is not reported', () => {
  const yen = Array.from({ length: 30 }, () => order(9_999, { anonymousId: 'test', properties: { currency: 'JPY' } }))
  expect(findingOf('test-orders', [...usual, ...yen])).toBeUndefined()
})
