import { findAmounts } from '../amounts'
import { listProductLists } from '../candidates'
import { profileOf, times } from './profiles'

/** Returns what the amounts of orders are, as text. */
function amountsOf(toProperties: (price: number, quantity: number) => object): string {
  const calls = times(40, (index) => ({
    event: 'Order Completed',
    properties: { order_id: `o${index}`, ...toProperties(5 + index, 1 + (index % 3)) }
  }))
  const [profile] = profileOf(calls).names
  const amounts = findAmounts(profile, listProductLists(profile)[0])
  if (amounts === undefined || amounts === 'cents') return String(amounts)
  const { price, isLineTotal, quantity, agreement } = amounts
  const part = isLineTotal ? 'total' : `times ${quantity?.keys.at(-1) ?? 'nothing'}`
  return `${price.keys.slice(3).join('.')} ${part} ${agreement ?? 'unknown'}`
}

test.each<[string, (price: number, quantity: number) => object, string]>([
  [
    'a price',
    (price, quantity) => ({ total: price * quantity, products: [{ id: 'a', price, quantity }] }),
    'price times quantity 1'
  ],
  [
    'a price that is the total of its line',
    (price, quantity) => ({ total: price * quantity, products: [{ id: 'a', price: price * quantity, quantity }] }),
    'price total 1'
  ],
  [
    'an old price beside the right one',
    (price, quantity) => ({
      total: price * quantity,
      products: [{ id: 'a', price_before: price + 3, unit_price: price, qty: quantity }]
    }),
    'unit_price times qty 1'
  ],
  [
    'a price in an object',
    (price, quantity) => ({ total: price * quantity, products: [{ id: 'a', price: { amount: price }, quantity }] }),
    'price.amount times quantity 1'
  ],
  [
    'a total with taxes and shipping',
    (price, quantity) => ({
      total: price * quantity * 1.2 + 5,
      tax: price * quantity * 0.2,
      shipping: 5,
      products: [{ id: 'a', price, quantity }]
    }),
    'price times quantity 1'
  ],
  ['no total', (price, quantity) => ({ products: [{ id: 'a', price, quantity }] }), 'price times quantity unknown'],
  [
    'a price in cents',
    (price, quantity) => ({ total: price * quantity, products: [{ id: 'a', price: price * 100, quantity }] }),
    'cents'
  ],
  [
    'a price whose name says cents',
    (price, quantity) => ({ products: [{ id: 'a', price_cents: price * 100, quantity }] }),
    'cents'
  ],
  ['no price', (_, quantity) => ({ products: [{ id: 'a', quantity }] }), 'undefined']
])('lines with %s', (_, toProperties, expected) => {
  expect(amountsOf(toProperties)).toBe(expected)
})
