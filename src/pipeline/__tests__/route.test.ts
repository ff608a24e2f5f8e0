import { createRouter, readFilters } from '..'
import type { Mapping } from '..'
import { explainLeftOut, type LeftOut } from '../route'
import { events } from './receiver'

const mappingOf = (name: string, subscribe: string, enabled = true): Mapping => ({
  name,
  partnerAction: 'report',
  subscribe,
  mapping: {},
  enabled
})

const click = mappingOf('Click', 'type = "track" and event = "Clicked"')
const all = mappingOf('All', 'type = "track"')
const dear = mappingOf('Dear', 'properties.price > 100')
const [clicked] = events('Clicked', 'a')
const destination = 'Receiver'
const filtersWith = (action: object) => readFilters([{ title: 'Mine', if: 'type = "track"', actions: [action] }])
const drop = filtersWith({ type: 'DROP' })

test('an event gets to each mapping that is switched on and whose trigger fits', () => {
  const off = mappingOf('Off', 'type = "track"', false)
  const route = createRouter({ destination, mappings: [off, click, all] })
  expect(route(clicked)).toEqual({ event: clicked, takers: [1, 2] })
  expect(route(events('Viewed', 'b')[0])).toMatchObject({ takers: [2] })
})

test('the same name has the same takers, unless a trigger asks for more than names', () => {
  const cheap = { ...clicked, properties: { price: 1 } }
  const costly = { ...clicked, properties: { price: 101 } }
  const byName = createRouter({ destination, mappings: [click] })
  expect([byName(cheap), byName(costly)]).toMatchObject([{ takers: [0] }, { takers: [0] }])
  const byPrice = createRouter({ destination, mappings: [click, dear] })
  expect([byPrice(cheap), byPrice(costly)]).toMatchObject([{ takers: [0] }, { takers: [0, 1] }])
})

test('more names than are remembered are routed as well', () => {
  const route = createRouter({ destination, mappings: [click] })
  const names = Array.from({ length: 1_100 }, (_, index) => events(`Event ${index}`, 'a')[0])
  for (const event of [...names, ...names]) expect(route(event)).toEqual({ leftOut: 'unmapped' })
  expect(route(clicked)).toMatchObject({ takers: [0] })
})

test('a name that is not text reaches the triggers', () => {
  const route = createRouter({ destination, mappings: [all] })
  expect(route({ ...clicked, event: 7 as unknown as string })).toMatchObject({ takers: [0] })
})

test('a repeat is dropped before anything else, and each event is noted once', () => {
  const places: string[] = []
  const isRepeat = (_: unknown, place: string) => places.push(place) > 1
  const route = createRouter<string>({ destination, mappings: [all], filters: drop, isRepeat })
  expect(route(clicked, 'line 1')).toMatchObject({ leftOut: 'filtered' })
  expect(route({ ...clicked, integrations: { All: false } }, 'line 2')).toEqual({ leftOut: 'repeats' })
  expect(places).toEqual(['line 1', 'line 2'])
})

test("an event's own integrations come before the filters", () => {
  const route = createRouter({ destination, mappings: [all], filters: drop })
  expect(route({ ...clicked, integrations: { Receiver: false } })).toEqual({ leftOut: 'excluded' })
})

test('the mappings see what the filters leave of an event', () => {
  const event = { ...clicked, properties: { price: 101, email: 'a@shop.example' } }
  const route = createRouter({
    destination,
    mappings: [dear],
    filters: filtersWith({ type: 'DROP_PROPERTIES', fields: { properties: ['email'] } })
  })
  expect(route(event)).toEqual({ event: { ...event, properties: { price: 101 } }, takers: [0] })
  const withoutPrice = filtersWith({ type: 'DROP_PROPERTIES', fields: { properties: ['price'] } })
  expect(createRouter({ destination, mappings: [dear], filters: withoutPrice })(event)).toEqual({ leftOut: 'unmapped' })
})

test("Segment's Replay ignores integrations and filters, and not repeats", () => {
  let count = 0
  const isRepeat = () => count++ > 0
  const route = createRouter({ destination, mappings: [all], filters: drop, asSegmentReplay: true, isRepeat })
  const event = { ...clicked, integrations: { Receiver: false } }
  const replayed = { ...event, integrations: { All: false, Receiver: true } }
  expect(route(event)).toEqual({ event: replayed, takers: [0] })
  expect(route(event)).toEqual({ leftOut: 'repeats' })
})

test('a trigger that cannot be parsed is refused, also if its mapping is switched off', () => {
  expect(() => createRouter({ destination, mappings: [mappingOf('Odd', 'event ~ 1', false)] })).toThrow(
    'The filter of the mapping "Odd" cannot be parsed: event ~ 1'
  )
})

test.each<[LeftOut, string]>([
  [{ leftOut: 'repeats' }, 'Dropped "Clicked", whose messageId came before.'],
  [{ leftOut: 'excluded' }, 'The "integrations" of "Clicked" keep it from Receiver.'],
  [{ leftOut: 'filtered', reason: 'The filter "Mine" drops it.' }, 'Filtered "Clicked". The filter "Mine" drops it.'],
  [{ leftOut: 'unmapped' }, 'No mapping that is switched on takes "Clicked".']
])('%j is explained', (leftOut, sentence) => {
  expect(explainLeftOut(leftOut, clicked, destination)).toBe(sentence)
})

test('an event without a name is called by its type', () => {
  const [event] = events('', 'a')
  expect(explainLeftOut({ leftOut: 'unmapped' }, { ...clicked, ...event, type: 'page', event: undefined }, '')).toBe(
    'No mapping that is switched on takes this page call.'
  )
})
