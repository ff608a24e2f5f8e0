import type { JSONObject } from '@segment/actions-core'
import { transform } from '@segment/actions-core'
import { each, firstOf, json, map, orElse, scalar } from '../directives'

/** What a directive makes of these properties. */
function resolve(directive: object, properties: unknown): unknown {
  return transform({ result: directive } as JSONObject, { properties }).result
}

/** What a shop may have at a path, or on the way to it. */
const ANYTHING = [undefined, null, '', 'text', 0, 7, true, [], ['a'], {}, { a: 1 }, [[{}]]]

describe('A single value', () => {
  test.each<[unknown, string]>([
    ['text', 'text'],
    ['a\tb\n', 'a\tb\n'],
    ['$&', '$&'],
    ['  ', '  '],
    ['', ''],
    [7, '7'],
    [0, '0'],
    [1.5, '1.5'],
    [false, 'false'],
    [null, ''],
    [undefined, ''],
    [['a'], ''],
    [{ a: 1 }, '']
  ])('of %j is the text %j', (value, text) => {
    expect(resolve(scalar('$.properties.value'), { value })).toBe(text)
  })
})

describe('The first of several values', () => {
  const first = firstOf('$.properties.a', '$.properties.b.c', '$.properties.d')

  test.each<[object, string | undefined]>([
    [{ a: 'a', b: { c: 'c' }, d: 'd' }, 'a'],
    [{ a: '', b: { c: 'c' }, d: 'd' }, 'c'],
    [{ a: null, b: 'c', d: 4 }, '4'],
    [{ a: '  ', b: { c: false }, d: 'd' }, 'd'],
    [{ a: ' a b ' }, ' a b '],
    [{ a: 'falsehood', d: 'd' }, 'falsehood'],
    [{ a: 'FALSE', d: 'd' }, 'FALSE'],
    [{ a: 0, d: 'd' }, '0'],
    [{ a: ['x'], b: { c: {} }, d: 'd' }, 'd'],
    [{}, '']
  ])('in %j is %j', (properties, value) => {
    expect(resolve(first, properties)).toBe(value)
  })
})

describe('A text or else something other', () => {
  it('depends on whether there is text', () => {
    const either = orElse(scalar('$.properties.a'), { is: 'missing' })

    expect(resolve(either, { a: 'x' })).toBe('x')
    expect(resolve(either, { a: '' })).toEqual({ is: 'missing' })
  })
})

describe('Any value', () => {
  test.each<[unknown, string | undefined]>([
    [['a', 1, null, { b: 2 }], '["a",1,null,{"b":2}]'],
    ['a', '"a"'],
    ['"a"', '"\\"a\\""'],
    [7, '7'],
    [[], '[]'],
    [null, 'none'],
    [undefined, 'none']
  ])('of %j is the text %j', (value, text) => {
    expect(resolve(json('$.properties.value', { '@literal': 'none' }), { value })).toBe(text)
  })

  it('is absent where there is none and nothing else', () => {
    expect(resolve(json('$.properties.value'), {})).toBeUndefined()
  })

  it('of several paths is a list of their single values', () => {
    const all = each('$.properties.a', '$.properties.b', '$.properties.c')

    expect(resolve(all, { a: 'x', b: ['y'], c: 3 })).toBe('["x","","3"]')
  })
})

describe('A map', () => {
  test.each<[unknown, object]>([
    [
      { gclid: 'x', nested: { a: null } },
      { gclid: 'x', nested: { a: null } }
    ],
    [undefined, {}],
    [null, {}],
    [7, {}],
    ['ab', { 0: 'a', 1: 'b' }],
    [['a'], { 0: 'a' }]
  ])('of %j is %j', (value, result) => {
    expect(resolve(map('$.properties.value'), { value })).toEqual(result)
  })
})

describe('No directive', () => {
  const path = '$.properties.value.leaf'
  const directives = {
    scalar: scalar(path),
    firstOf: firstOf(path, path),
    json: json(path),
    each: each(path),
    map: map(path)
  }

  test.each(Object.entries(directives))('throws, whatever is there: %s', (_name, directive) => {
    for (const anything of ANYTHING) {
      expect(() => resolve(directive, { value: anything })).not.toThrow()
      expect(() => resolve(directive, { value: { leaf: anything } })).not.toThrow()
      expect(() => resolve(directive, anything)).not.toThrow()
    }
  })
})
