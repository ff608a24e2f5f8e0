import type { TakenEvent } from '../../../pipeline'
import { findAbsentInTrigger, findAbsentPaths } from '../absent'

const calls = [
  { type: 'track', event: 'Order', properties: { brand: 'x', lines: [{ sku: 'a' }, { price: 2 }] } },
  { type: 'track', event: 'Tap', properties: { zero: 0, none: null } }
] as unknown as TakenEvent[]

test('paths of a mapping that no event has are found in all directives', () => {
  const mapping = {
    brand: { '@path': '$.properties.brand' },
    name: { '@template': '{{properties.brand}} {{properties.title}}' },
    zero: { '@if': { exists: { '@path': '$.properties.zero' }, then: { '@path': '$.properties.one' } } },
    made: { '@transform': { apply: { id: 'x' }, mapping: { '@path': '$.id' } } },
    fixed: { '@literal': { '@path': '$.properties.fixed' } },
    items: {
      '@arrayPath': [
        '$.properties.lines',
        { sku: { '@path': '$.sku' }, price: { '@path': '$.price' }, cost: { '@path': '$.cost' } }
      ]
    },
    others: { '@arrayPath': ['$.properties.rows', { sku: { '@path': '$.sku' } }] }
  }
  expect(findAbsentPaths(mapping, calls)).toEqual([
    'properties.title',
    '$.properties.one',
    '$.cost',
    '$.properties.rows',
    '$.sku'
  ])
})

test('no path is absent before any event has arrived', () => {
  expect(findAbsentPaths({ id: { '@path': '$.id' } }, [])).toEqual([])
  expect(findAbsentInTrigger('type = "track" and event = "Tip"', [])).toEqual([])
})

test('names and paths of a trigger that no event has are found', () => {
  const trigger =
    'type = "track" and (event = "Tip" or event = "Tap") and properties.list = "ads" and properties.brand != "y"'
  expect(findAbsentInTrigger(trigger, calls)).toEqual([{ path: 'event', value: 'Tip' }, { path: 'properties.list' }])
  expect(findAbsentInTrigger('properties.list = null', calls)).toEqual([])
  expect(findAbsentInTrigger('((', calls)).toEqual([])
})
