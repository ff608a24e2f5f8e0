import { describeCondition, describeDefault, findInDefault } from '../../scripts/docs/describe-default'

const at = (path: string) => ({ '@path': path })
const ifExists = (exists: object, then: object, otherwise?: object) => ({
  '@if': { exists, then, ...(otherwise && { else: otherwise }) }
})
const merge = (...objects: object[]) => ({ '@merge': { direction: 'right', objects } })

const page = ifExists(at('$.page.id'), merge({ value: at('$.title') }, at('$.page')))

test.each([
  ['a path', at('$.properties.position'), '`properties.position`'],
  ['a literal', true, '`true`'],
  ['nothing', undefined, ''],
  [
    'the first path that exists',
    ifExists(at('$.a'), at('$.a'), ifExists(at('$.b'), at('$.b'), at('$.c'))),
    '`a`, else `b`, else `c`'
  ],
  ['a condition', ifExists(at('$.a'), at('$.b'), at('$.c')), 'if `a` exists: `b`, else `c`'],
  ['an object', { id: at('$.id'), type: 'product' }, '{ id: `id`; type: `"product"` }'],
  ['objects that are merged', merge({ value: at('$.title') }, at('$.page')), '`page` over { value: `title` }'],
  ['a condition for merged objects', page, 'if `page.id` exists: `page` over { value: `title` }'],
  ['a list', { '@arrayPath': ['$.products', { id: at('$.id') }] }, 'each of `products`']
])('describes %s', (_, value, description) => {
  expect(describeDefault(value)).toBe(description)
})

test.each([
  ['an object', { id: at('$.a') }, 'id', '`a`'],
  ['a path to an object', at('$.entity'), 'id', '`entity.id`'],
  ['merged objects, in which the last one wins', page, 'value', '`page.value`, else `title`'],
  ['merged objects, of which one has it', page, 'type', '`page.type`'],
  ['each branch of a condition', ifExists(at('$.a'), at('$.a'), at('$.b')), 'id', '`a.id`, else `b.id`'],
  ['the items of a list', { '@arrayPath': ['$.products', { id: at('$.sku') }] }, 'id', '`sku`']
])('finds a property in %s', (_, value, name, description) => {
  expect(describeDefault(findInDefault(value, name))).toBe(description)
})

test('names the condition of an object that has no other default', () => {
  expect(describeCondition(page)).toBe('only if `page.id` exists')
  expect(describeCondition(ifExists(at('$.a'), at('$.a'), at('$.b')))).toBe('')
  expect(describeCondition({ id: at('$.id') })).toBe('')
})

test('fails for a directive that it does not know', () => {
  expect(() => describeDefault({ '@case': {} })).toThrow('The docs cannot describe @case yet.')
})
