import { createWholes } from '../../wholes'
import { listUnmappedNames } from '../unmapped-events'
import { call, click, order, times } from './calls'
import { findingOf } from './whole'

const lines = { products: [{ product_id: 'p_1', price: 40, quantity: 2 }], order_id: 'o_1', currency: 'USD' }
const ga4 = {
  ecommerce: { transaction_id: 't1', value: 80, currency: 'USD', items: [{ item_id: 'ink', price: 40, quantity: 2 }] }
}

test.each<[string, Record<string, unknown>, string]>([
  ['Completed Order', lines, 'purchase'],
  ['order_completed', lines, 'purchase'],
  ['ORDER COMPLETED', lines, 'purchase'],
  ['purchase', ga4, 'purchase'],
  ['Pedido Completado', lines, 'purchase'],
  ['select_item', { item_id: 'p_1' }, 'click'],
  ['Viewed Product', { id: 'p_1' }, 'impression'],
  ['view_item_list', { items: [{ item_id: 'p_1' }] }, 'list of impressions'],
  ['Tile tapped', { resolvedBidId: 'bid' }, 'click']
])('events named %s look like something that Topsort takes', (name, properties, looksLike) => {
  const calls = times(3, (index) => call({ name, properties, user: `u${index}` }))
  expect(findingOf('unmapped-events', calls)).toMatchObject({
    count: 3,
    samples: [{ name, looksLike }],
    cost: looksLike === 'purchase' ? { amount: 240, currency: 'USD', of: 'not reported' } : null
  })
})

test.each<[string, Record<string, unknown>]>([
  ['Product Added', { product_id: 'p_1', price: 3 }],
  ['Cart Viewed', lines],
  ['Checkout Started', lines],
  ['Order Refunded', lines],
  ['Order Shipped', lines],
  ['begin_checkout', ga4],
  ['Product Added to Wishlist', { product_id: 'p_1' }],
  ['Signed Up', {}],
  ['purchase', {}],
  ['Warenkorb angesehen', lines]
])('events named %s are not reported', (name, properties) => {
  expect(
    findingOf(
      'unmapped-events',
      times(20, () => call({ name, properties }))
    )
  ).toBeUndefined()
})

test('events of which a mapping takes some are left out on purpose', () => {
  const calls = [
    order({ day: 0 }),
    ...times(5, (day) => call({ day: day + 1, name: 'Order Completed', properties: lines }))
  ]
  expect(findingOf('unmapped-events', calls)).toBeUndefined()
})

test('events that a mapping takes under another name are not reported, and those of another source are', () => {
  const sent = times(5, (index) => order({ user: `u${index}` }))
  const again = times(5, (index) => call({ name: 'purchase', properties: ga4, user: `u${index}` }))
  expect(findingOf('unmapped-events', [...sent, ...again])).toBeUndefined()
  const ofApp = times(5, (index) => call({ name: 'purchase', properties: ga4, platform: 'ios', user: `u${index}` }))
  expect(findingOf('unmapped-events', [...sent, ...ofApp])).toMatchObject({ count: 5 })
})

test('views are not reported if the shop reports lists instead', () => {
  const sent = [{ mapping: 'List', action: 'impressionsList', ok: true }]
  const calls = [call({ name: 'Product List Viewed' }, sent), ...times(9, () => call({ name: 'Product Viewed' }))]
  expect(findingOf('unmapped-events', calls)).toBeUndefined()
})

test('events that integrations or filters keep from the mappings are not reported', () => {
  expect(
    findingOf('unmapped-events', [{ ...call({ name: 'purchase', properties: ga4 }), isKeptOut: true }])
  ).toBeUndefined()
})

test('the names of events that no mapping takes are listed, the most frequent first, at most 20', () => {
  const wholes = createWholes()
  wholes.observe(click())
  times(30, (index) =>
    times(index + 1, () => {
      wholes.observe(call({ name: `Step ${index}` }))
    })
  )
  const names = listUnmappedNames(wholes.save()['unmapped-events'])
  expect(names).toHaveLength(20)
  expect(names[0]).toEqual({ name: 'Step 29', count: 30, looksLike: null })
})
