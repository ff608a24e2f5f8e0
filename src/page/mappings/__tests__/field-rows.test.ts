import type { FieldEntry } from '../../../workbench/api'
import { addPath, findRow, type FieldRow, listFieldRows, listUsedPaths, readSource, writeSource } from '../field-rows'

function field(key: string, changes: Partial<FieldEntry> = {}): FieldEntry {
  return { key, label: key, description: '', type: 'string', required: false, multiple: false, ...changes }
}

const at = (path: string) => ({ '@path': path })
const firstOf = (one: string, other: string) => ({ '@if': { exists: at(one), then: at(one), else: at(other) } })

const items = field('items', {
  type: 'object',
  multiple: true,
  properties: [field('productId'), field('price', { type: 'number' })],
  default: { '@arrayPath': ['$.properties.products', { productId: at('$.sku') }] }
})
const placement = field('placement', { type: 'object', properties: [field('path'), field('position')] })
const fields = [field('id'), items, placement, field('isBatched', { type: 'boolean' })]

const mapping = {
  id: firstOf('$.messageId', '$.id'),
  items: { '@arrayPath': ['$.properties.products', { productId: at('$.sku') }] },
  placement: {
    '@merge': { direction: 'right', objects: [{ path: at('$.context.page.path') }, at('$.properties.place')] }
  },
  isBatched: true
}

const rowOf = (key: string, of: object = mapping): FieldRow => findRow(listFieldRows(fields, { ...of }), key)!

test.each([
  ['a path', at('$.a'), { kind: 'value', text: '$.a' }],
  ['the first of several paths', firstOf('$.a', '$.b'), { kind: 'value', text: '$.a else $.b' }],
  ['a text', 'onsite', { kind: 'value', text: 'onsite' }],
  ['a number', 3, { kind: 'value', text: '3' }],
  ['a template', { '@template': '{{properties.a}}' }, { kind: 'value', text: '{{properties.a}}' }],
  ['nothing', undefined, { kind: 'value', text: '' }],
  ['an object', { path: at('$.a') }, { kind: 'parts', text: '' }],
  ['parts and the rest of an object', mapping.placement, { kind: 'rest', text: '$.properties.place' }],
  ['a list', mapping.items, { kind: 'list', text: '$.properties.products' }],
  [
    'parts with a condition',
    { '@if': { exists: at('$.a'), then: { id: at('$.a') } } },
    { kind: 'json', text: 'if $.a exists' }
  ],
  ['another directive', { '@json': { mode: 'decode' } }, { kind: 'json', text: '{"@json":{"mode":"decode"}}' }]
])('the source of %s is text', (_, value, source) => {
  expect(readSource(value)).toEqual(source)
})

test('the parts of an object and of the items of a list are at their places in the mapping', () => {
  expect(rowOf('items.productId')).toMatchObject({
    at: ['items', '@arrayPath', 1, 'productId'],
    valueAt: ['items', 0, 'productId'],
    isOfItem: true,
    source: { text: '$.sku' }
  })
  expect(rowOf('placement.path')).toMatchObject({
    at: ['placement', '@merge', 'objects', 0, 'path'],
    valueAt: ['placement', 'path'],
    isOfItem: false
  })
})

test.each([
  ['id', '$.userId', { id: at('$.userId') }],
  ['id', '$.a else $.b', { id: firstOf('$.a', '$.b') }],
  ['id', '$.a else', { id: at('$.a') }],
  ['id', 'fixed', { id: 'fixed' }],
  ['id', '{{properties.a}}-1', { id: { '@template': '{{properties.a}}-1' } }],
  ['items', '$.properties.lines', { items: { '@arrayPath': ['$.properties.lines', { productId: at('$.sku') }] } }],
  [
    'items.price',
    '12.5',
    { items: { '@arrayPath': ['$.properties.products', { productId: at('$.sku'), price: 12.5 }] } }
  ],
  ['isBatched', 'false', { isBatched: false }],
  [
    'placement',
    '$.properties.spot',
    {
      placement: {
        '@merge': { direction: 'right', objects: [{ path: at('$.context.page.path') }, at('$.properties.spot')] }
      }
    }
  ]
])('the source of %s becomes %j', (key, text, changes) => {
  expect(writeSource(mapping, rowOf(key), text)).toEqual({ ...mapping, ...changes })
})

test('a field whose text is empty is removed', () => {
  expect(writeSource(mapping, rowOf('id'), ' ')).not.toHaveProperty('id')
  expect(writeSource(mapping, rowOf('items.productId'), '').items).toEqual({
    '@arrayPath': ['$.properties.products', {}]
  })
})

test('a list that is not mapped starts with the items of its default', () => {
  const others = { id: mapping.id }
  const changed = writeSource(others, rowOf('items', others), '$.properties.lines')
  expect(changed.items).toEqual({ '@arrayPath': ['$.properties.lines', { productId: at('$.sku') }] })
})

test('the fields of a mapping keep their order', () => {
  expect(Object.keys(writeSource(mapping, rowOf('items'), '$.a'))).toEqual(Object.keys(mapping))
})

test('a path that was found is added after those of a value, and replaces that of a list', () => {
  expect(addPath(mapping, rowOf('items.productId'), '$.id').items).toEqual({
    '@arrayPath': ['$.properties.products', { productId: firstOf('$.sku', '$.id') }]
  })
  expect(readSource(addPath(mapping, rowOf('items'), '$.properties.lines').items).text).toBe('$.properties.lines')
})

test('the paths of a mapping are listed', () => {
  expect(listUsedPaths(mapping.items)).toEqual(['$.properties.products', '$.sku'])
})
