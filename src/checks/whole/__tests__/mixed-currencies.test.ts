import { ordered } from '../../__tests__/shop'
import { from, findingOf } from './whole'

const order = (currency: string | undefined, price: number, at = 0) =>
  from(
    'web',
    ordered({
      id: `${currency}-${at}`,
      at,
      lines: [{ product_id: 'm', price }],
      properties: currency ? { currency } : {}
    })
  )

test('two currencies in the orders of one source are reported, with the revenue of the rarer one', () => {
  const orders = [order('USD', 10, 1), order('JPY', 1_500, 2), order('USD', 12, 3), order('USD', 8, 4)]
  expect(findingOf('mixed-currencies', orders)).toMatchObject({
    severity: 'loses money',
    count: 1,
    cost: { amount: 1_500, currency: 'JPY', of: 'reported wrongly' },
    samples: [{ messageId: 'JPY-2', user: 'anna' }],
    sentence:
      'Of 4 orders of source web, the currency is USD in 3, JPY in 1. Topsort adds the amounts up as if they were one currency.'
  })
})

test('one currency for each source is not reported', () => {
  expect(findingOf('mixed-currencies', [order('USD', 10), from('japan', order('JPY', 1_500))])).toBeUndefined()
})

test('orders without a currency, or with other letters or a sign for it, are not reported', () => {
  const orders = [order('USD', 10), order(undefined, 5), order('usd ', 5), order('$', 5)]
  expect(findingOf('mixed-currencies', orders)).toBeUndefined()
})
