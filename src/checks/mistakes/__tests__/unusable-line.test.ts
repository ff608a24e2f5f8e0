import { countsOf, event, findingsOf, ordered, viewed } from '../../__tests__/shop'

const good = { product_id: 'yogurt', price: 2.5, vendorId: 'dairy' }
const failed = { ok: false, status: 400, sent: undefined, message: 'No line of this order can be reported.' }
const view = viewed()

test.each([
  ['without a price', { product_id: 'milk' }],
  ['with a price of null', { product_id: 'milk', price: null }],
  ['with an ambiguous price', { product_id: 'milk', price: '$1.290' }],
  ['without a product id', { price: 2 }]
])('a line %s is reported', (_, line) => {
  expect(countsOf([view, ordered({ at: 1, lines: [good, line] })])).toEqual({ 'unusable-line': 1 })
  expect(countsOf([view, ordered({ at: 1, lines: [line], delivery: failed })])).toEqual({ 'unusable-line': 1 })
})

test('the sample has the product of the line', () => {
  const order = ordered({ id: 'o', at: 1, orderId: 'o-1', lines: [good, { product_id: 'milk' }] })
  expect(findingsOf([view, order])[0].samples).toEqual([
    { messageId: 'o', user: 'anna', order: 'o-1', product: 'milk' }
  ])
})

test('an order without lines is reported', () => {
  expect(countsOf([ordered({ lines: [], delivery: failed })])).toEqual({ 'unusable-line': 1 })
})

test.each([
  ['gifts', { product_id: 'sample', price: 0 }],
  ['gifts whose price is text', { product_id: 'sample', price: '0,00 €' }],
  ['discounts', { product_id: 'coupon', price: -5 }],
  ['returns', { product_id: 'tea', price: -1, quantity: -1 }]
])('%s in an order are not reported', (_, line) => {
  expect(countsOf([view, ordered({ at: 1, lines: [good, line] })])).toEqual({})
  expect(countsOf([ordered({ lines: [line] })])).toEqual({})
})

test('lines and prices that are mapped from other properties are not reported', () => {
  const purchases = (base: { id: string; occurredAt: string; opaqueUserId: string }) => ({
    purchases: [{ ...base, items: [{ productId: 'sku-1', unitPrice: 2, vendorId: 'dairy' }] }]
  })
  const lines = [{ item: 'sku-1', unit_price: 2 }]
  expect(countsOf([view, event({ properties: { lines } }, 'purchase', purchases)])).toEqual({})
  expect(countsOf([view, event({ properties: { products: lines } }, 'purchase', purchases)])).toEqual({})
})

test.each([
  ['Topsort was not available', { ok: false, status: 503 }],
  ['the key is wrong', { ok: false, status: 401 }],
  ['its time is invalid', { ok: false, status: 400, sent: undefined, message: 'Invalid time in occurredAt.' }]
])('an order with good lines that failed because %s is not reported', (_, delivery) => {
  expect(countsOf([ordered({ lines: [good], delivery })])).toEqual({})
})
