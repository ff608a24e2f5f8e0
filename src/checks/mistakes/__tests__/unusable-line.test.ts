import type { MappingDelivery } from '../..'
import { countsOf, event, findingsOf, ordered, viewed } from '../../__tests__/shop'

const good = { product_id: 'yogurt', price: 2.5, vendorId: 'dairy' }

/** Returns the delivery of an order whose second line, or whose only one, has this problem. */
const leftOut = (code: string, of = 2) => ({
  reason: { code: 'lines_left_out', of, problems: [{ code, lines: [of] }] }
})

const failed = (reason: MappingDelivery['reason']) => ({ ok: false, sent: undefined, reason })
const view = viewed()

test.each([
  ['without a price', 'line_without_price', { product_id: 'milk' }],
  ['with a price that is not a number', 'line_price_invalid', { product_id: 'milk', price: 'gift' }],
  ['with an ambiguous price', 'line_price_ambiguous', { product_id: 'milk', price: '$1.290' }],
  ['without a product id', 'line_without_product_id', { price: 2 }],
  [
    'with a product id that means nothing',
    'line_product_id_meaningless',
    { product_id: 'undefined', vendorId: 'dairy', price: 2 }
  ],
  [
    'with a quantity that is not a number',
    'line_quantity_invalid',
    { product_id: 'milk', vendorId: 'dairy', price: 2 }
  ],
  ['whose amount is too large', 'line_amount_incalculable', { product_id: 'milk', vendorId: 'dairy', price: 1e308 }]
])('a line %s is reported', (_, code, line) => {
  expect(countsOf([view, ordered({ at: 1, lines: [good, line], delivery: leftOut(code) })])).toEqual({
    'unusable-line': 1
  })
  const { reason } = leftOut(code, 1)
  const delivery = failed({ ...reason, code: 'lines_unusable' })
  expect(countsOf([view, ordered({ at: 1, lines: [line], delivery })])).toEqual({ 'unusable-line': 1 })
})

test('an order is reported if Topsort refuses what is left of it', () => {
  const reason = { code: 'topsort_refused', status: 400, notes: [leftOut('line_without_price').reason] }
  expect(countsOf([ordered({ lines: [good, { product_id: 'milk' }], delivery: { ok: false, reason } })])).toEqual({
    'unusable-line': 1
  })
})

test('an order is reported if no line has a price, or one of another type', () => {
  const lines = [{ product_id: 'milk' }]
  expect(countsOf([ordered({ lines, delivery: failed({ code: 'order_without_prices' }) })])).toEqual({
    'unusable-line': 1
  })
  const reason = { code: 'field_invalid', problem: 'Unit Price must be a string but it was an object.' }
  expect(countsOf([ordered({ lines: [{ ...good, price: {} }], delivery: failed(reason) })])).toEqual({
    'unusable-line': 1
  })
})

test('the sample has the product of the line', () => {
  const order = ordered({
    id: 'o',
    at: 1,
    orderId: 'o-1',
    lines: [good, { product_id: 'milk' }],
    delivery: leftOut('line_without_price')
  })
  expect(findingsOf([view, order])[0].samples).toEqual([
    { messageId: 'o', user: 'anna', order: 'o-1', product: 'milk' }
  ])
})

test.each([
  ['with an empty list', { code: 'items_missing' }],
  ['without a list', { code: 'required_field_missing', fields: ['items'] }]
])('an order %s of lines is reported', (_, reason) => {
  expect(countsOf([ordered({ lines: [], delivery: failed(reason) })])).toEqual({ 'unusable-line': 1 })
})

test.each([
  ['gifts', 'line_price_not_positive', { product_id: 'sample', price: 0 }],
  ['gifts whose price is text', 'line_price_not_positive', { product_id: 'sample', price: '0,00 €' }],
  ['discounts', 'line_price_not_positive', { product_id: 'coupon', price: -5 }],
  ['returns', 'line_quantity_not_positive', { product_id: 'tea', price: -1, quantity: -1 }]
])('%s in an order are not reported', (_, code, line) => {
  expect(countsOf([view, ordered({ at: 1, lines: [good, line], delivery: leftOut(code) })])).toEqual({})
  const { reason } = leftOut(code, 1)
  expect(countsOf([ordered({ lines: [line], delivery: { reason: { ...reason, code: 'order_unpriced' } } })])).toEqual(
    {}
  )
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
  ['the key is wrong', { ok: false, reason: { code: 'key_rejected', status: 401 } }],
  ['its id is invalid', failed({ code: 'id_invalid', value: 'true' })],
  ['another value has the wrong type', failed({ code: 'field_invalid', problem: 'Currency must be a string.' })]
])('an order with good lines that failed because %s is only a failed event', (_, delivery) => {
  expect(countsOf([ordered({ lines: [good], delivery })])).toEqual({ 'failed-event': 1 })
})

test('an order with good lines that failed because Topsort was not available is not reported', () => {
  const delivery = { ok: false, reason: { code: 'topsort_unavailable', status: 503 } }
  expect(countsOf([ordered({ lines: [good], delivery })])).toEqual({})
})
