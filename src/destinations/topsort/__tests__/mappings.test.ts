import type { JSONObject, JSONValue } from '@segment/actions-core'
import { transform } from '@segment/actions-core'
import destination from '../index'
import { at, merge } from '../mappings'
import { defaultMapping } from './__helpers__/support'

/** Returns the payload that Segment makes from a mapping and an event with these properties. */
function resolve(mapping: object, properties: unknown): unknown {
  return transform({ result: mapping } as JSONObject, { properties: properties as JSONValue }).result
}

/** Counts objects, lists and values, and collects the directives. */
function inspect(mapping: unknown, directives: Set<string>): number {
  if (typeof mapping !== 'object' || mapping === null) return 1
  const entries = Object.entries(mapping)
  for (const [key] of entries) if (key.startsWith('@')) directives.add(key)
  return entries.reduce((nodes, [, value]) => nodes + inspect(value, directives), 1)
}

describe('The default mapping of every action', () => {
  test.each(Object.keys(destination.actions))('is short enough to read: %s', (action) => {
    const mapping = defaultMapping(action)

    expect(inspect(mapping, new Set())).toBeLessThanOrEqual(100)
    expect(JSON.stringify(mapping).length).toBeLessThanOrEqual(2_200)
  })

  it('uses only three directives', () => {
    const directives = new Set<string>()
    for (const action of Object.keys(destination.actions)) inspect(defaultMapping(action), directives)

    expect([...directives].sort()).toEqual(['@arrayPath', '@merge', '@path'])
  })
})

describe('at', () => {
  it('reads one value', () => {
    expect(resolve(at('$.properties.a.b'), { a: { b: [1] } })).toEqual([1])
  })
})

describe('merge', () => {
  const merged = merge({ a: at('$.properties.a') }, at('$.properties.value'))

  test.each<[unknown, object]>([
    [{ b: 2 }, { a: 1, b: 2 }],
    [{ a: 2 }, { a: 2 }],
    [undefined, { a: 1 }],
    [null, { a: 1 }],
    [7, { a: 1 }],
    [true, { a: 1 }]
  ])('adds %j to {"a":1} and gets %j', (value, result) => {
    expect(resolve(merged, { a: 1, value })).toEqual(result)
  })
})
