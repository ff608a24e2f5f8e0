import type { JSONObject, JSONValue } from '@segment/actions-core'
import { transform } from '@segment/actions-core'
import destination from '../index'
import { at, firstOf, merge } from '../mappings'
import { defaultMapping } from './__helpers__/support'

/** Returns the payload that Segment makes from a mapping and an event with these properties. */
function resolve(mapping: object, properties: unknown): unknown {
  return transform({ result: mapping } as JSONObject, { properties: properties as JSONValue }).result
}

/** Collects the directives of a mapping. */
function collectDirectives(mapping: unknown): string[] {
  if (typeof mapping !== 'object' || mapping === null) return []
  return Object.entries(mapping).flatMap(([key, value]) => [
    ...(key.startsWith('@') ? [key] : []),
    ...collectDirectives(value)
  ])
}

describe('The default mapping of every action', () => {
  it("uses only directives that the defaults of Segment's other destinations use", () => {
    const directives = Object.keys(destination.actions).flatMap((action) => collectDirectives(defaultMapping(action)))

    expect([...new Set(directives)].sort()).toEqual(['@arrayPath', '@if', '@merge', '@path'])
  })
})

describe('at', () => {
  it('reads one value', () => {
    expect(resolve(at('$.properties.a.b'), { a: { b: [1] } })).toEqual([1])
  })
})

describe('firstOf', () => {
  const first = firstOf('$.properties.a', '$.properties.b', '$.properties.c')

  test.each<[object, unknown]>([
    [{ a: 1, b: 2, c: 3 }, 1],
    [{ b: 2, c: 3 }, 2],
    [{ a: null, b: 2 }, 2],
    [{ c: 3 }, 3],
    [{ a: null, b: null, c: 3 }, 3],
    [{ a: '', b: 2 }, ''],
    [{ a: false, b: 2 }, false],
    [{ a: 0, b: 2 }, 0],
    [{ d: 4 }, undefined]
  ])('reads in %j the first value that exists: %j', (properties, value) => {
    expect(resolve(first, properties)).toEqual(value)
  })

  it('firstOf returns a single path for a single value', () => {
    expect(firstOf('$.properties.a')).toEqual({ '@path': '$.properties.a' })
  })
})

describe('merge', () => {
  const merged = merge({ a: at('$.properties.a') }, at('$.properties.value'))

  test.each<[unknown, object]>([
    [{ b: 2 }, { a: 1, b: 2 }],
    [{ a: 2 }, { a: 2 }],
    [{ a: null }, { a: null }],
    [undefined, { a: 1 }],
    [null, { a: 1 }],
    [7, { a: 1 }],
    [true, { a: 1 }]
  ])('adds %j to {"a":1} and gets %j', (value, result) => {
    expect(resolve(merged, { a: 1, value })).toEqual(result)
  })
})
