import { countsOf, event, findingsOf, viewed } from '../../__tests__/shop'

const failed = { ok: false, sent: undefined, reason: { code: 'items_missing' } }
const line = (product_id: string, price: number) => ({ product_id, price, quantity: 2 })

const order = (properties: Record<string, unknown>, delivery: object = failed) =>
  event({ id: 'o', properties: properties as never, delivery }, 'purchase', () => ({}))

test('products in an object are reported once, with the revenue that is lost', () => {
  const products = { 0: line('a', 10), 2: line('c', 20) }
  expect(findingsOf([order({ order_id: 'ph1', currency: 'EUR', products })])).toMatchObject([
    {
      code: 'list-is-object',
      count: 1,
      cost: { amount: 60, currency: 'EUR', of: 'not reported' },
      samples: [{ messageId: 'o', order: 'ph1', product: 'a' }]
    }
  ])
})

test('products in an object under another name, and those of a list, are reported', () => {
  expect(countsOf([order({ line_items: { 'sku-1': line('a', 1) } })])).toEqual({ 'list-is-object': 1 })
  const reason = { code: 'products_missing' }
  const list = event(
    { properties: { products: { 1: { product_id: 'a' } } }, delivery: { ...failed, reason } },
    'impressionsList',
    () => ({})
  )
  expect(countsOf([list])).toEqual({ 'list-is-object': 1 })
})

test.each<[string, Record<string, unknown>]>([
  ['one product as an object', { products: { product_id: 'a', brand: { name: 'Acme' } } }],
  ['an empty object', { products: {} }],
  ['an object of other things', { products: { meta: { count: 1 } } }],
  ['a list beside an object', { products: [], cart: { 0: line('a', 1) } }]
])('an order with %s is not reported', (_, properties) => {
  expect(countsOf([order(properties)])).not.toHaveProperty('list-is-object')
})

test('an object is not reported if the mapping reads the products from elsewhere', () => {
  const items = [{ productId: 'a', unitPrice: 1, vendorId: 'v' }]
  const sent = event({ properties: { products: { 0: line('a', 1) } } }, 'purchase', (base) => ({
    purchases: [{ ...base, items }]
  }))
  expect(countsOf([viewed(), sent])).toEqual({})
})
