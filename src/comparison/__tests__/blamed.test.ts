import { findBlamed } from '../blamed'

const at = (path: string) => ({ '@path': path })
const mapping = {
  resolvedBidId: at('$.properties.resolvedBidId'),
  productId: {
    '@if': { exists: at('$.properties.product_id'), then: at('$.properties.product_id'), else: at('$.properties.sku') }
  },
  occurredAt: at('$.timestamp'),
  opaqueUserId: { '@template': '{{userId}}' },
  page: { '@if': { exists: at('$.context.page.path'), then: { pageId: at('$.context.page.path') } } },
  items: {
    '@arrayPath': [
      '$.properties.products',
      { productId: at('$.sku'), unitPrice: at('$.price'), lineTotal: at('$.total') }
    ]
  }
}
const call = {
  timestamp: 'yesterday',
  userId: 0,
  properties: {
    sku: 'undefined',
    products: [{ sku: 'p_1', price: 'ask' }, { sku: 'p_2', total: '1,5' }, { price: 3 }]
  }
}

const lines = (code: string, ...numbers: number[]) => ({ code: 'lines_unusable', problems: [{ code, lines: numbers }] })

test.each([
  ['a value that is read by its path', { code: 'time_invalid' }, [{ path: 'timestamp' }]],
  ['a value that is read if another is missing', { code: 'product_id_meaningless' }, [{ path: 'properties.sku' }]],
  ['a value in a template', { code: 'user_id_meaningless' }, [{ path: 'userId' }]],
  [
    "the value that Topsort's code is about",
    { code: 'topsort_refused', errCode: 'resolved_bid_id_not_found' },
    [{ path: 'properties', missing: 'resolvedBidId' }]
  ],
  ['fields that are named', { code: 'field_invalid', fields: ['occurredAt'] }, [{ path: 'timestamp' }]],
  ['a field inside of an object', { code: 'page_id_missing' }, [{ path: '', missing: 'path' }]],
  [
    'values of lines, by the first of their fields that is there',
    lines('line_price_invalid', 1, 2),
    [{ path: 'properties.products[0].price' }, { path: 'properties.products[1].total' }]
  ],
  [
    'a line that has no value',
    lines('line_without_product_id', 3),
    [{ path: 'properties.products[2]', missing: 'sku' }]
  ],
  ['nothing if the reason is about no value', { code: 'topsort_unavailable', status: 503 }, []]
])('the blamed values are %s', (_, reason, expected) => {
  expect(findBlamed(reason, mapping, call)).toEqual(expected)
})

test('a list that is read as a whole has the names of the fields', () => {
  const plain = { items: at('$.properties.products') }
  const order = { properties: { products: [{ productId: 'p_1', unitPrice: 'ask' }] } }
  expect(findBlamed(lines('line_price_invalid', 1), plain, order)).toEqual([
    { path: 'properties.products[0].unitPrice' }
  ])
})

test('an event without a reason, a mapping or a call blames nothing', () => {
  expect(findBlamed(undefined, mapping, call)).toEqual([])
  expect(findBlamed({ code: 'time_invalid' }, undefined, call)).toEqual([])
  expect(findBlamed(lines('line_price_invalid', 1), mapping, undefined)).toEqual([])
})
