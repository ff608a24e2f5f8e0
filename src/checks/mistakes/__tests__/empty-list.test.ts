import { countsOf, listed } from '../../__tests__/shop'

const failed = { ok: false, status: 400, sent: undefined, message: 'No product of this list can be reported.' }

test('a list without products is reported', () => {
  expect(countsOf([listed({ products: [], delivery: failed })])).toEqual({ 'empty-list': 1 })
})

test('a list whose products have no ids is reported', () => {
  expect(countsOf([listed({ products: [{ name: 'Yogurt' }], delivery: failed })])).toEqual({ 'empty-list': 1 })
})

test('a list is reported if one of its products was not sent', () => {
  const products = [
    { product_id: 'a', position: 1 },
    { name: 'Yogurt', position: 2 }
  ]
  expect(countsOf([listed({ products })])).toEqual({ 'empty-list': 1 })
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

test('a list that failed for another reason is not reported', () => {
  const products = [{ product_id: 'a', position: 1 }]
  expect(countsOf([listed({ products, delivery: { ok: false, status: 503 } })])).toEqual({})
  expect(countsOf([listed({ products, delivery: failed })])).toEqual({})
})
