import type { FieldEntry, PreviewFailure } from '../../../workbench/api'
import { listFieldRows, readSource } from '../field-rows'
import { listFound, listTwice, sayFailure, sayReason } from '../say-failure'

const field = (key: string, properties?: FieldEntry[]): FieldEntry => ({
  ...{ key, label: 'Opaque User ID', description: '', type: 'string', required: true, multiple: false },
  properties
})
const mapping = {
  opaqueUserId: { '@path': '$.userId' },
  items: { '@arrayPath': ['$.properties.products', { unitPrice: { '@path': '$.price' } }] }
}
const rows = listFieldRows([field('opaqueUserId'), field('items', [field('unitPrice')])], mapping)
const missing = (key: string) => ({
  message: 'The root value …',
  reason: { code: 'required_field_missing', fields: [key] }
})
const failure = (changes: Partial<PreviewFailure>): PreviewFailure => ({
  ...{ count: 19, field: 'items', code: 'required_field_missing', message: 'No.', found: [] },
  ...changes
})

test('a missing field is named as a shop names it, with the place that was looked at', () => {
  expect(sayReason(missing('items'), 'purchase', rows)).toBe(
    'This order has no items: there is nothing at $.properties.products.'
  )
  expect(sayReason(missing('channel'), 'click', rows)).toBe('This click has no channel.')
})

test('any other reason keeps its message', () => {
  const message = 'No line of this order can be reported: line 1 has no product id.'
  expect(sayReason({ message, reason: { code: 'order_unusable' } }, 'purchase', rows)).toBe(message)
})

test('the failures of a preview are said with their number', () => {
  expect(sayFailure(failure({}), 20, 'purchase', rows)).toBe('19 of 20 would fail: no items.')
  expect(sayFailure(failure({ code: 'other', count: 1 }), 1, 'purchase', rows)).toBe('This order would fail: No.')
})

test('mappings that report the same would send an event twice', () => {
  const overlaps = ['impressionsList', 'click'].map((action) => ({ name: action, action, events: 1 }))
  expect(listTwice(overlaps, 'impression').map(({ name }) => name)).toEqual(['impressionsList'])
})

test('a value that was found is read with one click, unless it is read already', () => {
  const [found, ...others] = listFound(rows, failure({ found: ['line_items', 'products'] }))
  expect(others).toEqual([])
  expect(found.path).toBe('$.properties.line_items')
  expect(readSource(found.use(mapping).items).text).toBe('$.properties.line_items')
})

test('a value in the items of the list is read from the item', () => {
  const found = listFound(rows, failure({ field: 'items.unitPrice', found: ['products[].unit_price', 'lines[].cost'] }))
  expect(found.map(({ path }) => path)).toEqual(['$.unit_price'])
})
