import type { MappingDelivery } from '../..'
import { countsOf, listed } from '../../__tests__/shop'

const failed = (reason: MappingDelivery['reason']) => ({ ok: false, sent: undefined, reason })

/** Returns the reason of a list in which these products, counted from 1, have this problem. */
const problem = (code: string, ...products: number[]) => ({ code, products })

test.each([
  ['with an empty list', { code: 'products_missing' }],
  ['without a list', { code: 'required_field_missing', fields: ['products'] }]
])('a list %s of products is reported', (_, reason) => {
  expect(countsOf([listed({ products: [], delivery: failed(reason) })])).toEqual({ 'empty-list': 1 })
})

test.each(['about_nothing', 'product_id_meaningless', 'product_id_invalid'])(
  'a list whose products cannot be reported is reported: %s',
  (code) => {
    const reason = { code: 'products_unusable', count: 1, of: 1, problems: [problem(code, 1)] }
    expect(countsOf([listed({ products: [{ name: 'Yogurt' }], delivery: failed(reason) })])).toEqual({
      'empty-list': 1
    })
  }
)

test('a list is reported if its product ids are objects', () => {
  const reason = { code: 'field_invalid', problem: 'Product ID must be a string but it was an object.' }
  expect(countsOf([listed({ products: [{ name: 'Yogurt' }], delivery: failed(reason) })])).toEqual({ 'empty-list': 1 })
})

test('a list is reported if one of its products was not sent', () => {
  const products = [
    { product_id: 'a', position: 1 },
    { name: 'Yogurt', position: 2 }
  ]
  const reason = { code: 'products_left_out', count: 1, of: 2, problems: [problem('about_nothing', 2)] }
  expect(countsOf([listed({ products, delivery: { reason } })])).toEqual({ 'empty-list': 1 })
})

test('a list without any position is reported', () => {
  expect(countsOf([listed({ products: [{ product_id: 'a' }, { product_id: 'b' }] })])).toEqual({ 'empty-list': 1 })
})

test('a list whose products have ids and positions is not reported', () => {
  const products = [
    { product_id: 'a', position: '1' },
    { product_id: 'b', position: 0 }
  ]
  expect(countsOf([listed({ products })])).toEqual({})
})

test('a list that is mapped from another property is not reported', () => {
  const { event, ...rest } = listed({ products: [{ product_id: 'a', position: 1 }] })
  expect(countsOf([{ ...rest, event: { ...event, properties: { tiles: [{ code: 'a' }] } } }])).toEqual({})
})

test('a list that failed for another reason is only a failed event', () => {
  const products = [{ product_id: 'a', position: 1 }]
  expect(countsOf([listed({ products, delivery: { ok: false, reason: { code: 'answer_timed_out' } } })])).toEqual({})
  expect(countsOf([listed({ products, delivery: failed({ code: 'id_invalid' }) })])).toEqual({ 'failed-event': 1 })
  expect(countsOf([listed({ products, delivery: failed({ code: 'field_invalid' }) })])).toEqual({ 'failed-event': 1 })
})
