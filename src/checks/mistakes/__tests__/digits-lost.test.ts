import { countsOf, event, findingsOf, ordered, viewed } from '../../__tests__/shop'

/** A number as JSON.parse returns it, with its last digits rounded. */
const LARGE = Number('1729382256910270001')

test('a product id in an order that came as a large number is reported, with the revenue of the order', () => {
  const order = event(
    { id: 'o', properties: { order_id: 'big', currency: 'EUR', products: [{ product_id: LARGE, price: 4 }] as never } },
    'purchase',
    (base) => ({ purchases: [{ ...base, items: [{ productId: String(LARGE), unitPrice: 4, vendorId: 'v' }] }] })
  )
  expect(findingsOf([viewed(), order])).toMatchObject([
    {
      code: 'digits-lost',
      severity: 'loses data',
      cost: { amount: 4, currency: 'EUR', of: 'reported wrongly' },
      samples: [{ messageId: 'o', product: String(LARGE) }]
    }
  ])
})

test('a product id of a view, and the number of an order, that came as large numbers are reported', () => {
  const view = event({ properties: { variant: { id: LARGE } } }, 'impression', (base) => ({
    impressions: [{ ...base, entity: { type: 'product', id: String(LARGE) } }]
  }))
  expect(countsOf([view])).toEqual({ 'digits-lost': 1 })
  expect(countsOf([viewed(), ordered({ properties: { order_id: LARGE } })])).toEqual({ 'digits-lost': 1 })
})

test('a large number that is no sent id, a long id as text, and a small number are not reported', () => {
  expect(countsOf([viewed({ properties: { session: LARGE } })])).toEqual({})
  expect(countsOf([viewed({ properties: { product_id: '1729382256910270001' } })])).toEqual({})
  expect(countsOf([viewed(), ordered({ properties: { order_id: 9_007_199_254_740_991 } })])).toEqual({})
})
