import fc from 'fast-check'
import { InputError } from '../../core'
import { applyFilters, readFilters } from '../filters'

type Action = { type: string; [key: string]: unknown }

const filter = (condition: string, ...actions: Action[]) => ({ title: 'Mine', if: condition, enabled: true, actions })
const readOne = (condition: string, ...actions: Action[]) =>
  readFilters({ data: { filters: [filter(condition, ...actions)] } })
const drops = (condition: string, event: object): boolean =>
  !applyFilters(readOne(condition, { type: 'DROP' }), event).ok

const event = {
  type: 'track',
  event: 'Product Viewed',
  messageId: 'm1',
  userId: null,
  context: { page: { path: '/p/1' } },
  properties: { price: 12.5, email: 'a@b.c', name: 'Gift Card', tags: ['a', 'b'], 'item id': 7, on: true }
}

describe('a condition is true or false as in Segment', () => {
  test.each([
    ['type = "track"', true],
    ["type = 'track' and event = 'Product Viewed'", true],
    ['type = "page" or event = "Product Viewed"', true],
    ['type = "page" or type = "track" and event = "x"', false],
    ['(type = "page" or type = "track") and event = "Product Viewed"', true],
    ['!(type = "page")', true],
    ['!type = "page"', true],
    ['type != "page"', true],
    ['properties.price > 12', true],
    ['properties.price >= 12.5 and properties.price <= 12.5', true],
    ['properties.price < 12', false],
    ['properties.price = "12.5"', false],
    ['properties.email > 1', false],
    ['properties.missing = null', true],
    ['properties.missing != null', false],
    ['userId = null', true],
    ['properties.email != null', true],
    ['properties.missing.deeper = null', true],
    ['context.page.path = "/p/1"', true],
    ['properties.on', true],
    ['properties.on = true', true],
    ['properties.email', false],
    ['properties.item\\ id = 7', true],
    ['event in ["Product Viewed", "Product Clicked"]', true],
    ['event in []', false],
    ['contains(event, "View")', true],
    ['contains(properties.price, "12")', false],
    ['contains(lowercase(properties.name), "gift")', true],
    ['match(event, "Product *")', true],
    ['match(event, "Product")', false],
    ['match(event, "Pr?duct [A-V]*")', true],
    ['match(event, "Pr?duct [^A-V]*")', false],
    ['match(context.page.path, "/p/*")', true],
    ['match(properties.email, "a@b.c")', true],
    ['match("a@bxc", properties.email)', false],
    ['typeof(properties.price) = "number"', true],
    ['length(properties.tags) = 2', true],
    ['length(properties.missing) = 0', true],
    ['length(properties.price) = length(properties.price)', false]
  ])('a condition is true or false as in Segment: %s', (condition, isTrue) => {
    expect(drops(condition, event)).toBe(isTrue)
  })
})

test('an event that no filter matches is the same event', () => {
  const filtered = applyFilters(readOne('type = "page"', { type: 'DROP' }), event)
  expect(filtered.ok && filtered.event).toBe(event)
})

test('DROP says which filter it was', () => {
  expect(applyFilters(readOne('type = "track"', { type: 'DROP' }), event)).toEqual({
    ok: false,
    reason: 'The filter "Mine" drops it.'
  })
})

test('DROP_PROPERTIES and ALLOW_PROPERTIES filter the keys of objects, and leave the event itself alone', () => {
  const nested = { ...event, properties: { ...event.properties, products: [{ id: 1, price: 2 }, { id: 3 }] } }
  const before = structuredClone(nested)
  const filtered = applyFilters(
    readOne(
      'type = "track"',
      { type: 'DROP_PROPERTIES', fields: { context: ['page'], '': ['userId'], 'properties.products': ['price'] } },
      { type: 'ALLOW_PROPERTIES', fields: { properties: { fields: ['price', 'products'] }, traits: ['x'] } }
    ),
    nested
  )
  expect(filtered).toEqual({
    ok: true,
    event: {
      type: 'track',
      event: 'Product Viewed',
      messageId: 'm1',
      context: {},
      properties: { price: 12.5, products: [{ id: 1 }, { id: 3 }] }
    }
  })
  expect(nested).toEqual(before)
})

test('a later filter sees what an earlier one left', () => {
  const filters = readFilters([
    filter('type = "track"', { type: 'DROP_PROPERTIES', fields: { properties: ['email'] } }),
    filter('properties.email != null', { type: 'DROP' })
  ])
  expect(applyFilters(filters, event).ok).toBe(true)
})

test('SAMPLE decides by the value at the path, always in the same way, for about that part of the values', () => {
  const sample = (percent: number) => readOne('type = "track"', { type: 'SAMPLE', percent, path: 'userId' })
  const isKept = (percent: number, userId: string) => applyFilters(sample(percent), { ...event, userId }).ok
  const users = Array.from({ length: 2_000 }, (_, index) => `user-${index}`)
  const kept = users.filter((user) => isKept(0.25, user))
  expect(kept).toEqual(users.filter((user) => isKept(0.25, user)))
  expect(kept.length / users.length).toBeCloseTo(0.25, 1)
  expect(users.every((user) => isKept(1, user) && !isKept(0, user))).toBe(true)
  expect(kept.every((user) => isKept(0.5, user))).toBe(true)
})

test('without a path, SAMPLE decides by the message id', () => {
  const sample = readOne('type = "track"', { type: 'SAMPLE', percent: 0.5 })
  const isKept = (messageId: string) => applyFilters(sample, { ...event, messageId }).ok
  expect(new Set(Array.from({ length: 50 }, (_, index) => isKept(`m${index}`))).size).toBe(2)
})

test('filters that are switched off are omitted', () => {
  expect(readFilters([{ ...filter('nonsense ~', { type: 'DROP' }), enabled: false }])).toEqual([])
})

test.each([
  ['no list', { filters: 1 }, /^These are not filters\. Use the answer/],
  ['text that is no JSON', 'x', /not JSON/],
  ['a filter that is no object', [1], /filters\[0\] is not an object/],
  ['no condition', [{ actions: [] }], /"filters\[0\]" has no condition in "if"/],
  ['no actions', [{ title: 'A', if: 'type = "track"' }], /"A" has no list of "actions"/],
  ['an unknown action', [filter('type = "track"', { type: 'HASH' })], /"Mine" has the action "HASH".*DROP, SAMPLE/],
  [
    'an odd sample',
    [filter('type = "track"', { type: 'SAMPLE', percent: 20 })],
    /"percent" is not a number from 0 to 1/
  ],
  ['properties without fields', [filter('type = "track"', { type: 'DROP_PROPERTIES' })], /has no "fields"/],
  ['fields of another type', [filter('a', { type: 'DROP_PROPERTIES', fields: { a: 1 } })], /not lists of keys/],
  [
    'an empty condition',
    [filter('', { type: 'DROP' })],
    /cannot be parsed: \(empty\)\. It needs a value or a path at its end/
  ],
  ['an odd sign', [filter('type ~ 1', { type: 'DROP' })], /cannot be read from here on: ~ 1/],
  ['an unknown function', [filter('upper(a) = "B"', { type: 'DROP' })], /no function "upper"/],
  ['a function with too few values', [filter('contains(a)', { type: 'DROP' })], /takes 2 values, and here it has 1/],
  ['an open parenthesis', [filter('(type = "track"', { type: 'DROP' })], /needs "\)" at its end/],
  ['more after the end', [filter('a = 1 b', { type: 'DROP' })], /needs "and", "or" or the end where it has "b"/]
])('%s is refused with the cure', (_, value, message) => {
  expect(() => readFilters(value)).toThrow(InputError)
  expect(() => readFilters(value)).toThrow(message)
})

test('a condition is read or refused with an InputError, whatever it is', () => {
  const part = fc.constantFrom(
    'type',
    '=',
    '"track"',
    '(',
    ')',
    '!',
    'and',
    'or',
    'in',
    '[',
    ']',
    ',',
    '.',
    '7',
    'match',
    '\\',
    '"'
  )
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      try {
        drops(parts.join(' '), event)
      } catch (error) {
        expect(error).toBeInstanceOf(InputError)
      }
    })
  )
})

test('a pattern is read or matches nothing, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '*', '?', '[', ']', '^', '-', 'z', '/', '(', '{', '\u{1F600}') }),
      (glob) => {
        expect(typeof drops('match(event, properties.glob)', { event: 'za', properties: { glob } })).toBe('boolean')
      }
    )
  )
})
