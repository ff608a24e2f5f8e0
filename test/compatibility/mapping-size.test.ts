import { defaultValues } from '@segment/actions-core'
import topsort from '../../src/destinations/topsort'

/** Counts objects, lists and values. The framework visits each of them for every event. */
function countNodes(mapping: unknown): number {
  if (typeof mapping !== 'object' || mapping === null) return 1
  return Object.values(mapping).reduce((nodes: number, value) => nodes + countNodes(value), 1)
}

/** Customers read the defaults in Segment's mapping editor, and each node costs time for every event. */
const BUDGETS: [action: string, nodes: number, characters: number][] = [
  ['impression', 120, 2_209],
  ['impressionsList', 101, 1_591],
  ['click', 122, 2_256],
  ['purchase', 75, 1_142],
  ['pageviews', 68, 1_074],
  ['linkUsers', 7, 99]
]

test.each(BUDGETS)('the default mapping of %s has at most %i nodes and %i characters', (action, nodes, characters) => {
  const mapping = defaultValues(topsort.actions[action].fields)

  expect(countNodes(mapping)).toBeLessThanOrEqual(nodes)
  expect(JSON.stringify(mapping).length).toBeLessThanOrEqual(characters)
})

test('every action has a budget', () => {
  expect(BUDGETS.map(([action]) => action).sort()).toEqual(Object.keys(topsort.actions).sort())
})
