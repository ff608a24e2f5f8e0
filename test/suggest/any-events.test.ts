import * as fc from 'fast-check'
import { previews } from '../../src/destinations'
import topsort from '../../src/destinations/topsort'
import {
  explainTrigger,
  presetMappings,
  readSavedMappings,
  type TakenEvent,
  writeSavedMappings,
  writeTerraform
} from '../../src/pipeline'
import { createSuggester, type Figures, type Suggestions } from '../../src/suggest'
import { anyJson } from '../support/any-json'
import { seeded, shuffled } from '../support/random'
import { PATIENCE, runs } from '../support/runs'
import * as trackings from './trackings'
import { makeVisits, track } from './visits'

jest.setTimeout(PATIENCE)

const presets = presetMappings(topsort)

async function suggest(
  events: readonly TakenEvent[],
  observed: readonly TakenEvent[] = events,
  mappings = presets
): Promise<Suggestions> {
  const suggester = createSuggester({ definition: topsort, settings: { api_key: 'TSE_1' }, previews, mappings })
  observed.forEach(suggester.observe)
  return suggester.suggest(() => [events])
}

const visits = makeVisits().visits.slice(0, 60)
const shops = Object.values(trackings).map((tracking) => track(visits, tracking))

/** A value that a shop may send in place of the right one. */
const oddValue = fc.oneof(
  anyJson,
  fc.constantFrom(
    '',
    'null',
    'undefined',
    '[{"id":1}]',
    0,
    -1,
    '1.299,00',
    'USD',
    'pos',
    'a.b',
    'WyJhYmMiLCJkZWYiLCJnaGkiXQ=='
  )
)
const oddKey = fc.constantFrom(
  'id',
  'items',
  'products',
  'price',
  'bid',
  'order.id',
  'Product ID',
  '__proto__',
  '0',
  '[]',
  '@path'
)

/** Events of a shop, some of which have an odd value at an odd key. */
const anyEvents = fc
  .record({
    shop: fc.constantFrom(...shops),
    odd: fc.array(fc.record({ at: fc.nat(400), key: oddKey, value: oddValue, isItem: fc.boolean() }), {
      maxLength: 40
    }),
    name: fc.option(
      fc.constantFrom('a "quoted" name', 'Order Completed', 'purchase', ' ', 'müll\\', 'vtex:orderPlaced')
    )
  })
  .map(({ shop, odd, name }) => {
    const events = structuredClone(shop)
    for (const { at, key, value, isItem } of odd) {
      const event = events[at % events.length]
      const { properties = {} } = event
      const list = Object.values(properties).find((each) => Array.isArray(each)) as unknown[] | undefined
      const target = isItem && list ? (Object(list[0]) as object) : properties
      Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
    }
    if (name !== null) for (const event of events.slice(0, 50)) event.event = name
    return events
  })

const UP: (keyof Figures)[] = ['delivered', 'withBid', 'fitting', 'linesWithVendor', 'afterClick', 'credited']
const DOWN: (keyof Figures)[] = ['unwanted', 'twice']

function expectSound({ mappings, before, after, suggestions }: Suggestions): void {
  for (const key of UP)
    expect([key, Number(after[key])]).toEqual([key, Math.max(Number(after[key]), Number(before[key]))])
  for (const key of DOWN)
    expect([key, Number(after[key])]).toEqual([key, Math.min(Number(after[key]), Number(before[key]))])
  // Segment would save them as they are.
  expect(readSavedMappings(writeSavedMappings(mappings), topsort)).toEqual(mappings)
  expect(readSavedMappings(JSON.stringify(writeTerraform(mappings)), topsort)).toEqual(mappings)
  for (const { mapping } of suggestions) expect(explainTrigger(mapping.subscribe)).toEqual([])
}

test('whatever the events are, suggestions can be saved and make no figure worse', async () => {
  await fc.assert(
    fc.asyncProperty(anyEvents, async (events) => {
      expectSound(await suggest(events))
    }),
    runs(60)
  )
})

test('the suggestions do not depend on the order in which the events are observed', async () => {
  for (const [index, events] of shops.entries()) {
    const mixed = shuffled(events, seeded(index))
    expect(await suggest(events, mixed)).toEqual(await suggest(events))
  }
})

test('the suggestions are the same if the framework makes the dry runs', async () => {
  for (const events of shops.slice(0, 4)) {
    const suggester = createSuggester({ definition: topsort, settings: { api_key: 'TSE_1' }, mappings: presets })
    events.forEach(suggester.observe)
    expect(await suggester.suggest(() => [events])).toEqual(await suggest(events))
  }
})

test('suggestions that are put in place leave nothing to suggest', async () => {
  for (const events of shops) {
    const { mappings } = await suggest(events)
    const again = await suggest(events, events, mappings)
    expect(again.suggestions).toEqual([])
    expect(again.mappings).toEqual(mappings)
  }
})
