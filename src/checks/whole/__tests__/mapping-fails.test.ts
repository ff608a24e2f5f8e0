import { call, failedOrder, order, times } from './calls'
import { findingOf } from './whole'

const line = { productID: 'p_1', unit_price: 5, quantity: 2, category: 'dairy', position: 3 }

test('a version with few events is named beside another one that fails in the same way', () => {
  const fail = (version: string, count: number) =>
    times(count, (index) =>
      failedOrder(
        { currency: 'EUR', products: [line] },
        { code: 'order_without_prices' },
        { day: index, user: `${version}-${index}`, platform: 'ios', version }
      )
    )
  const right = times(30, (day) => order({ day, user: `u${day}`, platform: 'ios', version: '7.1' }))
  const finding = findingOf('mapping-fails', [...right, ...fail('7.2', 12), ...fail('7.3', 4)])
  expect(finding?.count).toBe(16)
  expect(finding?.sentence).toContain('Only ios 7.2 and ios 7.3.')
})

test('a mapping whose events fail is reported with the field, the key that has the value, the source and the first day', () => {
  const calls = [
    ...times(15, (day) => order({ day, user: `u${day}`, platform: 'web' })),
    ...times(12, (index) =>
      failedOrder(
        { currency: 'EUR', products: [line] },
        { code: 'order_without_prices' },
        {
          day: 3 + index,
          user: `v${index}`,
          platform: 'ios',
          version: '7.2'
        }
      )
    )
  ]
  const finding = findingOf('mapping-fails', calls)
  expect(finding).toMatchObject({
    count: 12,
    cost: { amount: 120, currency: 'EUR', of: 'not reported' },
    samples: [
      {
        mapping: 'Purchase',
        field: 'items.unitPrice',
        found: 'products[].unit_price',
        source: 'project-ios',
        version: '7.2',
        since: '2026-01-08'
      }
    ]
  })
  expect(finding?.sentence).toBe(
    'Since 8 January, 100.0 % of the events that the mapping Purchase takes fail (12 events): items.unitPrice has no usable value, but the events have one in properties.products[].unit_price. Only ios 7.2.'
  )
})

test.each<[string, Record<string, unknown>, { code: string; fields?: string[]; problems?: unknown[] }, string]>([
  ['a product id', { productID: 'p_1', category: 'x' }, { code: 'about_nothing' }, 'productID'],
  ['a list', { line_items: [line] }, { code: 'required_field_missing', fields: ['items'] }, 'line_items'],
  [
    'a list inside another object',
    { ecommerce: { items: [{ item_id: 'p_1' }] } },
    { code: 'required_field_missing', fields: ['items'] },
    'ecommerce.items'
  ],
  [
    'the id of a line',
    { products: [line] },
    { code: 'lines_unusable', problems: [{ code: 'line_without_product_id', lines: [1] }] },
    'products[].productID'
  ],
  [
    'an object instead of text',
    { products: [{ product_id: 'p', price: 1, brand: { '@type': 'Brand', name: 'Acme' } }] },
    { code: 'field_invalid', fields: ['items.vendorId'] },
    'products[].brand.name'
  ],
  ['a user', { customer_id: 'c_7' }, { code: 'required_field_missing', fields: ['opaqueUserId'] }, 'customer_id']
])('the key that has %s is found', (_, properties, reason, found) => {
  const calls = times(10, (index) => failedOrder(properties, reason, { user: `u${index}` }))
  expect(findingOf('mapping-fails', calls)?.samples).toMatchObject([{ found }])
})

test('no key is named if none holds the value in most calls', () => {
  const calls = times(10, (index) =>
    failedOrder({ title: 'Yogurt', total: 4 }, { code: 'about_nothing' }, { user: `u${index}` })
  )
  const [sample] = findingOf('mapping-fails', calls)?.samples ?? []
  expect(sample).not.toHaveProperty('found')
})

test('a few failures, and failures after which Segment sends the event again, are not reported', () => {
  const few = times(9, (index) => failedOrder({}, { code: 'about_nothing' }, { user: `u${index}` }))
  expect(findingOf('mapping-fails', few)).toBeUndefined()
  const percent = [...times(300, (index) => order({ user: `u${index}` })), ...few, ...few]
  expect(findingOf('mapping-fails', percent)).toBeUndefined()
  const outage = times(50, (index) => failedOrder({}, { code: 'topsort_unavailable' }, { user: `u${index}` }))
  expect(findingOf('mapping-fails', outage)).toBeUndefined()
  expect(findingOf('mapping-fails', [call()])).toBeUndefined()
})
