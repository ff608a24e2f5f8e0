import fc from 'fast-check'
import { findDifferences } from '..'
import { findSentPlace } from '../sent-place'

const payload = {
  id: 'm1',
  occurredAt: '2026-01-31T12:00:00.000Z',
  opaqueUserId: 'a1',
  resolvedBidId: ' bid-1 ',
  productId: 'p1',
  entity: { id: '', type: '' },
  placement: { path: '/dairy', position: 'home_banner', page: '' },
  page: { value: 'Dairy' },
  deviceType: 'Mozilla/5.0 (iPhone)',
  dspMetadata: { gclid: 5, other: null },
  clickType: 'ADD_TO_CART',
  enable_batching: true,
  batch_size: 50
}

const click = {
  id: 'm1',
  occurredAt: '2026-01-31T12:00:00.000Z',
  opaqueUserId: 'a1',
  resolvedBidId: 'bid-1',
  entity: { type: 'product', id: 'p1' },
  placement: { path: '/dairy' },
  deviceType: 'mobile',
  dsp_metadata: { gclid: '5' },
  clickType: 'add-to-cart'
}

test('values that were changed or omitted are listed, blank ones and control fields are not', () => {
  expect(findDifferences(payload, { clicks: [click] })).toEqual([
    { path: 'resolvedBidId', from: ' bid-1 ', to: 'bid-1' },
    { path: 'placement.position', from: 'home_banner' },
    { path: 'page.value', from: 'Dairy' },
    { path: 'deviceType', from: 'Mozilla/5.0 (iPhone)', to: 'mobile' },
    { path: 'clickType', from: 'ADD_TO_CART', to: 'add-to-cart' }
  ])
})

test('a product id that gave way to another entity is listed', () => {
  const sent = { clicks: [{ ...click, entity: { type: 'vendor', id: 'v1' } }] }
  expect(findDifferences({ id: 'm1', productId: 'p1' }, sent)).toEqual([{ path: 'productId', from: 'p1', to: 'v1' }])
})

test.each<[string, unknown, unknown]>([
  ['a number and its text', '3', 3],
  ['a value and a list of it', 'c1', ['c1']],
  ['a list of one and its value', ['Dairy'], 'Dairy'],
  ['two equal lists', ['a', 'b'], ['a', 'b']]
])('%s are the same', (_, from, to) => {
  expect(findDifferences({ value: from }, { pageviews: [{ value: to }] })).toEqual([])
})

test.each<[string, unknown, unknown]>([
  ['lists of different length', ['a', 'b'], ['a']],
  ['another number', '12.500', 12500],
  ['an object for a text', 'x', { a: 1 }]
])('%s are not the same', (_, from, to) => {
  expect(findDifferences({ value: from }, { pageviews: [{ value: to }] })).toEqual([{ path: 'value', from, to }])
})

describe('the products of a list', () => {
  const products = [
    { productId: 'p1', position: '0', resolvedBidId: '' },
    { productId: '', position: '2' },
    { productId: '7', position: '3' }
  ]
  const sent = {
    impressions: [
      { id: 'm1-0', entity: { type: 'product', id: 'p1' }, placement: { path: '/' } },
      { id: 'm1-2', entity: { type: 'product', id: '7' }, placement: { path: '/', position: 3 } }
    ]
  }

  test('the products of a list are compared with the event that has their index in its id', () => {
    expect(findDifferences({ id: 'm1', products }, sent)).toEqual([
      { path: 'products[0].position', from: '0' },
      { path: 'products[1]', from: { productId: '', position: '2' } }
    ])
  })

  test('the products of a list leave the id of the whole list as it is', () => {
    expect(findDifferences({ id: 'm1' }, sent)).toEqual([])
    expect(findDifferences({ id: 'm2' }, sent)).toEqual([{ path: 'id', from: 'm2', to: 'm1-0' }])
  })
})

test('the lines of an order are compared with the next line of their product', () => {
  const items = [
    { productId: ' p1', unitPrice: '9.90', quantity: '2', vendorId: 'A' },
    { productId: 'p2', unitPrice: '0', quantity: '1', vendorId: '' },
    { productId: 'p3', unitPrice: '4', quantity: '0.75', vendorId: '' }
  ]
  const sent = {
    purchases: [
      {
        id: 'm1',
        items: [
          { productId: 'p1', unitPrice: 9.9, quantity: 2, vendorId: 'A' },
          { productId: 'p3', unitPrice: 3, quantity: 1 }
        ]
      }
    ]
  }
  expect(findDifferences({ id: 'm1', items }, sent)).toEqual([
    { path: 'items[0].productId', from: ' p1', to: 'p1' },
    { path: 'items[0].unitPrice', from: '9.90', to: 9.9 },
    { path: 'items[1]', from: items[1] },
    { path: 'items[2].unitPrice', from: '4', to: 3 },
    { path: 'items[2].quantity', from: '0.75', to: 1 }
  ])
})

describe('of two lines with the same product, one of which was left out,', () => {
  const line = (quantity: string, unitPrice: string) => ({ productId: 'p1', quantity, unitPrice })
  const reason = (...lines: number[]) => ({
    code: 'lines_left_out',
    of: 2,
    problems: [{ code: 'line_price_not_positive', lines, values: ['0'] }]
  })
  const sent = { purchases: [{ id: 'm1', items: [{ productId: 'p1', quantity: 2, unitPrice: 5 }] }] }
  const second = { id: 'm1', items: [line('1', '0'), line('2', '5')] }
  const first = { id: 'm1', items: [line('2', '5'), line('1', '0')] }

  test.each([
    ['first', second, reason(1), 0],
    ['second', first, reason(2), 1]
  ])('the %s is listed, and the other one is compared', (_, payload, why, omitted) => {
    expect(findDifferences(payload, sent, why)).toEqual([{ path: `items[${omitted}]`, from: line('1', '0') }])
    expect(findSentPlace(`items[${1 - omitted}].quantity`, payload, sent, why)).toBe('purchases[0].items[0].quantity')
    expect(findSentPlace(`items[${omitted}].quantity`, payload, sent, why)).toBeUndefined()
  })

  test('the reason may be a note beside the reason of a failure', () => {
    const failed = { code: 'topsort_unavailable', status: 503, said: '', notes: [reason(1)] }
    expect(findDifferences(second, sent, failed)).toEqual([{ path: 'items[0]', from: line('1', '0') }])
  })

  test('a reason that fits another number of lines is ignored', () => {
    expect(findDifferences(second, sent, reason(1, 2))).toEqual(findDifferences(second, sent))
  })
})

test.each<[string, object, { path: string; from: unknown; to?: unknown }[]]>([
  ['changed to the unit price', { lineTotal: '59.97' }, [{ path: 'items[0].lineTotal', from: '59.97', to: 19.99 }]],
  ['the same as the price of a single item', { lineTotal: '19.99' }, []],
  [
    'listed beside the unit price that it replaces',
    { lineTotal: '19.99', unitPrice: '25' },
    [{ path: 'items[0].unitPrice', from: '25', to: 19.99 }]
  ]
])('the total of a line is %s', (_, prices, differences) => {
  const sent = { purchases: [{ id: 'm1', items: [{ productId: 'p1', unitPrice: 19.99, quantity: 3 }] }] }
  expect(findDifferences({ id: 'm1', items: [{ productId: 'p1', quantity: '3', ...prices }] }, sent)).toEqual(
    differences
  )
})

test('the currency of an order is not listed, because it is never sent', () => {
  const sent = { purchases: [{ id: 'm1', items: [{ productId: 'p1' }] }] }
  expect(findDifferences({ id: 'm1', currency: 'EUR', items: [{ productId: 'p1' }] }, sent)).toEqual([])
})

test.each([undefined, {}, { clicks: [] }, 'text', null, [1]])('nothing differs when nothing was sent: %j', (sent) => {
  expect(findDifferences(payload, sent)).toEqual([])
})

test('an event that is sent as it was mapped never differs', () => {
  const sentElsewhere = ['products', 'items', 'productId', 'dspMetadata', 'currency']
  const key = fc.string().filter((text) => !sentElsewhere.includes(text))
  fc.assert(
    fc.property(fc.dictionary(key, fc.jsonValue()), (event) => {
      const withId = { ...event, id: 'm1' }
      expect(findDifferences(withId, { clicks: [withId] })).toEqual([])
    })
  )
})

test('an id that has no text can be compared', () => {
  const id = { toString: null }
  expect(findDifferences({ id, products: [{ productId: 'p1' }] }, { impressions: [{ id }] })).toEqual([
    { path: 'products[0]', from: { productId: 'p1' } }
  ])
})

test('any payload can be compared with anything that was sent', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(Array.isArray(findDifferences(one, other))).toBe(true)
      expect(Array.isArray(findDifferences({ id: one, items: one, products: one }, { clicks: [other] }))).toBe(true)
    })
  )
})

describe('the place in what was sent', () => {
  const clicks = { clicks: [{ id: 'm1', placement: { position: 1 } }] }

  test.each([
    ['placement.position', 'clicks[0].placement.position'],
    ['productId', 'clicks[0].entity.id'],
    ['dspMetadata.gclid', 'clicks[0].dsp_metadata.gclid']
  ])('the place in what was sent of %s is %s', (path, place) => {
    expect(findSentPlace(path, { id: 'm1' }, clicks)).toBe(place)
  })

  test('the place in what was sent of a product of a list is in the event with its index', () => {
    const sent = { impressions: [{ id: 'm1-0' }, { id: 'm1-2' }] }
    expect(findSentPlace('products[2].position', { id: 'm1' }, sent)).toBe('impressions[1].placement.position')
    expect(findSentPlace('products[1].position', { id: 'm1' }, sent)).toBeUndefined()
  })

  test('the place in what was sent of an order line counts only the lines that were sent', () => {
    const payload = { items: [{ productId: 'gift' }, { productId: 'p1', quantity: '2' }] }
    const sent = { purchases: [{ items: [{ productId: 'p1', quantity: 2 }] }] }
    expect(findSentPlace('items[1].quantity', payload, sent)).toBe('purchases[0].items[0].quantity')
    expect(findSentPlace('items[0].quantity', payload, sent)).toBeUndefined()
    expect(findSentPlace('items[1].lineTotal', payload, sent)).toBe('purchases[0].items[0].unitPrice')
    expect(findSentPlace('items[1]', payload, sent)).toBe('purchases[0].items[0]')
  })

  test.each([undefined, {}, { from: 'a', to: 'b' }])('the place in what was sent is nowhere in %j', (sent) => {
    expect(findSentPlace('id', { id: 'm1' }, sent)).toBeUndefined()
  })
})
