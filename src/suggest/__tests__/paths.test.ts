import { addValue, createEventSample, isReachable, PathNode, readValues, sayPath, toPath } from '../paths'

function profileOf(...values: unknown[]) {
  const root = new PathNode([])
  values.forEach((value, event) => {
    addValue(root, value, { event, mayAdd: () => true, ids: [] })
  })
  return root
}

function findNode(root: PathNode, keys: readonly string[]): PathNode | undefined {
  return keys.reduce<PathNode | undefined>((node, key) => node?.children.get(key), root)
}

test('values in lists count once for each event, and once for each item', () => {
  const root = profileOf({ items: [{ id: 'a1' }, { id: 'b2' }] }, { items: [{ id: 'a1' }] }, { items: [] })
  expect(findNode(root, ['items'])).toMatchObject({ events: 2, maxItems: 2 })
  expect(findNode(root, ['items', '[]', 'id'])).toMatchObject({ events: 2, values: 3, ids: 3 })
  expect(findNode(root, ['items', '[]', 'id'])?.sample?.size()).toBe(2)
})

test('an object with numbers or ids as keys stands for a list', () => {
  const root = profileOf({ products: { 0: { price: 1 }, 2: { price: 2 } }, address: { city: 'x' } })
  expect(findNode(root, ['products', '{}', 'price'])).toMatchObject({ values: 2, amounts: 2 })
  expect(findNode(root, ['address', 'city'])).toMatchObject({ values: 1 })
})

test.each([
  ['9.90', { amounts: 1, ids: 0 }],
  ['1.299,00 €', { amounts: 1, ids: 0 }],
  ['p-12', { amounts: 0, ids: 1, opaque: 0 }],
  [42, { amounts: 1, ids: 1 }],
  ['two words', { ids: 0 }],
  ['undefined', { ids: 0 }],
  ['EUR', { currencies: 1 }],
  ['[{"id":1}]', { jsonLists: 1 }],
  ['WyJiX01mazE1IiwiMTJhNTU4MjgiLCJsaXN0aW5ncyJd', { ids: 1, opaque: 1, bids: 1 }],
  [true, { values: 1, amounts: 0, ids: 0 }]
])('the value %j has the form %j', (value, expected) => {
  expect(findNode(profileOf({ key: value }), ['key'])).toMatchObject(expected)
})

test('null and empty text are no values', () => {
  expect(findNode(profileOf({ one: null, other: '' }), ['one'])?.values ?? 0).toBe(0)
})

test('few different values are counted, and many are not', () => {
  const few = findNode(profileOf({ channel: 'web' }, { channel: 'pos' }, { channel: 'web' }), ['channel'])
  expect([...(few?.counts ?? [])]).toEqual([
    ['web', 2],
    ['pos', 1]
  ])
  const many = profileOf(...Array.from({ length: 20 }, (_, id) => ({ channel: `c${id}` })))
  expect(findNode(many, ['channel'])?.counts).toBeUndefined()
})

test('the ids of products are collected, without those of other things', () => {
  const ids: string[] = []
  const items = [
    { product_id: 'p1', name: 'Shirt', price: 5 },
    { product_id: 'p2', category_id: 'c1' }
  ]
  addValue(new PathNode([]), { items, user_id: 'u1' }, { event: 0, mayAdd: () => true, ids })
  expect(ids).toEqual(['p1', 'p2'])
})

test('no path is added if there is no space for it', () => {
  const root = new PathNode([])
  addValue(root, { a: 1, b: { c: 2 } }, { event: 0, mayAdd: () => false, ids: [] })
  expect(root.children.size).toBe(0)
})

test.each([
  [['properties', 'items', '[]', 'Product ID'], true],
  [['properties', 'product.id'], false],
  [['properties', 'ids[0]'], false],
  [['properties', "it's"], false]
])('the keys %j can be reached by a mapping: %j', (keys, expected) => {
  expect(isReachable(keys)).toBe(expected)
})

test('a path is written for mappings and for people', () => {
  const keys = ['properties', 'items', '[]', 'id']
  expect(toPath(keys)).toBe('$.properties.items[0].id')
  expect(sayPath(keys)).toBe('items[].id')
  expect(readValues({ properties: { items: [{ id: 1 }, {}, { id: 2 }] } }, keys)).toEqual([1, 2])
})

test('a sample of events has the same events in any order', () => {
  const ids = Array.from({ length: 500 }, (_, index) => `m-${index}`)
  const [one, other] = [createEventSample<string>(20), createEventSample<string>(20)]
  ids.forEach((id) => {
    one.add(id, id)
  })
  ids.reverse().forEach((id) => {
    other.add(id, id)
  })
  expect(one.list()).toHaveLength(20)
  expect(other.list()).toEqual(one.list())
})
