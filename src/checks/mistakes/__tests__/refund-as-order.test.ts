import { countsOf, findingsOf, ordered, viewed } from '../../__tests__/shop'

const view = viewed()
const line = { product_id: 'yogurt', price: 2.5, vendorId: 'dairy' }

test('an order with a negative total is reported, with its revenue', () => {
  const refund = ordered({ id: 'o', at: 1, orderId: 'o-1', properties: { total: -2.5, currency: 'EUR' } })
  expect(findingsOf([view, refund])).toMatchObject([
    {
      code: 'refund-as-order',
      cost: { amount: 2.5, currency: 'EUR', of: 'reported wrongly' },
      samples: [{ messageId: 'o', order: 'o-1' }]
    }
  ])
})

test.each(['Order Refunded', 'Order Cancelled', 'order_returned', 'Chargeback'])(
  'the event %s as an order is reported',
  (name) => {
    expect(countsOf([view, ordered({ at: 1, name })])).toEqual({ 'refund-as-order': 1 })
  }
)

test.each<[string, Parameters<typeof ordered>[0]]>([
  ['an exchange that gives money back', { properties: { total: -1 }, lines: [line, { ...line, price: -3.5 }] }],
  ['a return inside an exchange', { properties: { total: 0 }, lines: [line, { ...line, quantity: -1 }] }],
  ['a negative discount', { properties: { total: 2, discount: -0.5 } }],
  ['an order of a returning customer', { name: 'Order Completed by Returning Customer' }]
])('%s is not reported', (_, options) => {
  expect(countsOf([view, ordered({ at: 1, ...options })])).not.toHaveProperty('refund-as-order')
})

test('a refund of which nothing is sent is not reported', () => {
  const delivery = { sent: {}, reason: { code: 'order_unpriced' } }
  expect(countsOf([ordered({ properties: { total: -1 }, lines: [{ ...line, price: -1 }], delivery })])).toEqual({})
})
