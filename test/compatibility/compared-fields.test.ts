import type { InputField } from '@segment/actions-core'
import { FIELDS } from '../../src/comparison/fields'
import topsort from '../../src/destinations/topsort'

/** Lists the places of fields in the payload: `items`, `items.quantity`. */
function placesOf(fields: Record<string, InputField>): string[] {
  return Object.entries(fields).flatMap(([key, { properties = {} }]) => [
    key,
    ...Object.keys(properties).map((inner) => `${key}.${inner}`)
  ])
}

test.each(FIELDS.map(({ payload }) => payload))('the compared field %s is a field of an action', (payload) => {
  expect(Object.values(topsort.actions).flatMap(({ fields }) => placesOf(fields))).toContain(payload)
})

test('each field is compared by one row', () => {
  const places = FIELDS.map(({ payload }) => payload)
  expect(places).toEqual([...new Set(places)])
})
