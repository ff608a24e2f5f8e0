import { parseFql, validate } from '@segment/destination-subscriptions'
import fc from 'fast-check'
import { parseCondition } from '../filter-language'
import { explainTrigger } from '../trigger-meaning'

const takes = (trigger: string, event: object): boolean => validate(parseFql(trigger), event)

const ORDER = 'event = "Order Completed"'

/** An event, and whether the trigger says that it is taken. */
type Case = readonly [event: object, isMeant: boolean]

const order = (properties: object, rest: object = {}): object => ({
  type: 'track',
  event: 'Order Completed',
  properties,
  ...rest
})

describe('a trigger that the parser changes is named, and its spelling takes what it says', () => {
  const changed: [trigger: string, spelling: string, problem: RegExp, ...Case[]][] = [
    [
      `${ORDER} and !(properties.channel = "pos")`,
      `${ORDER} and properties.channel != "pos"`,
      /drops the "!", so the condition after it means the opposite/,
      [order({ channel: 'pos' }), false],
      [order({ channel: 'web' }), true],
      [order({}), true]
    ],
    [
      `${ORDER} and not (properties.channel = "pos" or properties.test = true)`,
      `${ORDER} and properties.channel != "pos" and (properties.test = false or properties.test = null)`,
      /drops the "not"/,
      [order({ channel: 'web', test: true }), false],
      [order({ channel: 'web' }), true]
    ],
    [
      `${ORDER} and not contains(properties.email, "@test")`,
      `${ORDER} and !contains(properties.email, "@test")`,
      /drops the "not"/,
      [order({ email: 'a@test.com' }), false],
      [order({ email: 'a@b.com' }), true]
    ],
    [
      `${ORDER} and !properties.total > 5`,
      `${ORDER} and (properties.total <= 5 or properties.total = null)`,
      /drops the "!"/,
      [order({ total: 6 }), false],
      [order({ total: 5 }), true]
    ],
    [
      'event in ["Order Completed", "Order Paid"]',
      'event = "Order Completed" or event = "Order Paid"',
      /does not know lists/,
      [order({}), true],
      [{ event: 'Order Paid' }, true],
      [{ event: 'Other' }, false]
    ],
    [
      'type = "track" and event not in ["Order Paid", "Refund"]',
      'type = "track" and event != "Order Paid" and event != "Refund"',
      /does not know lists/,
      [order({}), true],
      [{ type: 'track', event: 'Refund' }, false]
    ],
    ['event == "Order Completed"', ORDER, /does not know "=="/, [order({}), true], [{ event: 'Other' }, false]],
    ["event = 'Order Completed'", ORDER, /single quotes/, [order({}), true], [{ event: 'Other' }, false]],
    [
      `${ORDER} and properties.is_subscription != true`,
      `${ORDER} and (properties.is_subscription = false or properties.is_subscription = null)`,
      /the value true is taken too/,
      [order({ is_subscription: true }), false],
      [order({ is_subscription: false }), true],
      [order({}), true]
    ],
    [
      `${ORDER} and properties.products.0.sku != "gift"`,
      `${ORDER} and properties.products.\\0.sku != "gift"`,
      /without a backslash/,
      [order({ products: [{ sku: 'gift' }] }), false],
      [order({ products: [{ sku: 'shoe' }] }), true]
    ],
    [
      'match(event, "*Completed*")',
      'contains(event, "Completed")',
      /only one "\*"/,
      [order({}), true],
      [{ event: 'Completed order' }, true],
      [{ event: 'Other' }, false]
    ],
    [
      'match(event, "Order*Completed")',
      'match(event, "Order*") and match(event, "*Completed")',
      /only one "\*"/,
      [order({}), true],
      [{ event: 'Completed' }, false]
    ],
    ['match(event, "Order Completed")', ORDER, /only one/, [order({}), true], [{ event: 'xrder Completed' }, false]],
    [
      'type = "page" or type = "track" and event = "Order Completed"',
      'type = "page" or (type = "track" and event = "Order Completed")',
      /the last of "and" and "or"/,
      [order({}), true],
      [{ type: 'page' }, true],
      [{ type: 'track', event: 'Other' }, false]
    ],
    ['type = "page" OR type = "screen"', 'type = "page" or type = "screen"', /"OR"/, [{ type: 'page' }, true]],
    [
      'type = "track" and (contains(event, "Order") or event = "Paid")',
      '(type = "track" and contains(event, "Order")) or (type = "track" and event = "Paid")',
      /ends the parentheses/
    ],
    [
      `properties.is_gift and ${ORDER}`,
      `properties.is_gift = true and ${ORDER}`,
      /needs a comparison/,
      [order({ is_gift: true }), true],
      [order({}), false]
    ],
    [
      'type = "track" and event != null',
      'type = "track" and match(event, "*")',
      /the text "null"/,
      [order({}), true],
      [{ type: 'track' }, false]
    ]
  ]
  test.each(changed)('%s', (trigger, spelling, problem, ...cases) => {
    const found = explainTrigger(trigger)
    expect(found.map((each) => each.problem).join(' ')).toMatch(problem)
    expect(new Set(found.map((each) => each.spelling))).toEqual(new Set([spelling]))
    expect(cases.map(([event]) => takes(spelling, event))).toEqual(cases.map(([, isMeant]) => isMeant))
    expect(explainTrigger(spelling)).toEqual([])
  })
})

test.each([
  ['type = "track" and anonymousId != null', /drops the condition with "anonymousId"/],
  ['type = "track" and contains(messageId, "x")', /drops the condition with "messageId"/],
  [
    'type = "track" and contains(lowercase(event), "order")',
    /only the functions contains and match, and not "lowercase"/
  ],
  ['type = "track" event = "Refund"', /It needs "and", "or" or the end where it has "event"/],
  ['event = properties.name', /does not compare two values/],
  ['properties.a\\.b = "1"', /takes the key "a.b" as several keys/],
  ['event = \'Say "hi"\'', /single quotes/]
])('a trigger without a spelling is named: %s', (trigger, problem) => {
  const [found] = explainTrigger(trigger)
  expect(found.problem).toMatch(problem)
  expect(found.spelling).toBeUndefined()
})

test.each([
  'type="track"',
  '(type = "track")',
  'type = track and event = Order\\ Completed',
  'type = "track" and properties.channel != "pos"',
  'type = "track" and !contains(properties.email, "@test")',
  'type = "track" and !match(event, "Test *")',
  'match(event, "Why? *")',
  'type = "track" and (properties.test = false or properties.test = null)',
  '(type = "track" and event = "A") or (type = "page" and name = "B")',
  'type = "track" AND event = "A"',
  'properties.item\\ id = 7 and properties.price >= -1.5 and properties.total < +20',
  'userId != null and userId = true and traits.vip = true and context.page.path = "/p"',
  'event = "Order \\ Completed" and name = null',
  'properties.products.\\0.sku = "x"',
  'properties.in = "x" and properties.price > "5" and userId = 5 and event = 5'
])('a trigger that the parser takes as it is has no problem: %s', (trigger) => {
  expect(explainTrigger(trigger)).toEqual([])
})

test.each(['', 'type ~ 1', 'messageId = "1"', 'type = "track" and ! (event = "A")'])(
  'a trigger that the parser refuses has no problem: %s',
  (trigger) => {
    expect(parseFql(trigger)).toHaveProperty('error')
    expect(explainTrigger(trigger)).toEqual([])
  }
)

describe('a spelling means what the trigger says as a condition of a destination filter', () => {
  const test_ = fc.constantFrom(
    'properties.a = "x"',
    'properties.a != "x"',
    'properties.a in ["x", "y"]',
    'properties.b = true',
    'properties.b != true',
    'properties.b = null',
    'contains(properties.a, "x")',
    "properties.a = 'y'"
  )
  const { condition } = fc.letrec<{ condition: string }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      test_,
      tie('condition').map((part) => `!(${part})`),
      fc
        .tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition'))
        .map(([one, word, other]) => `(${one}) ${word} ${other}`)
    )
  }))
  const events = ['x', 'y', 'xy', ''].flatMap((a) => [
    ...[true, false, null].map((b) => ({ properties: { a, b } })),
    { properties: { a } }
  ])

  test('each event is taken by both or by none', () => {
    fc.assert(
      fc.property(condition, (trigger) => {
        const means = parseCondition(trigger)
        const problems = explainTrigger(trigger)
        const spelling = problems.length === 0 ? trigger : problems[0].spelling
        if (spelling === undefined || 'error' in parseFql(spelling)) return
        expect(events.map((event) => takes(spelling, event))).toEqual(events.map(means))
      }),
      { numRuns: 1000 }
    )
  })
})

describe('every trigger of the forms that Segment itself writes has no problem', () => {
  const key = fc.stringMatching(/^[a-z_][a-z0-9_]{0,6}$/)
  const root = fc.constantFrom('properties', 'traits', 'context')
  const path = fc.tuple(root, fc.array(key, { minLength: 1, maxLength: 2 })).map(([first, keys]) => {
    return [first, ...keys.map((each) => (/^(and|or|null)$/.test(each) ? 'x' : each))].join('.')
  })
  const text = fc.stringMatching(/^[A-Za-z0-9 .?%()'\\-]{0,8}$/)
  const test_ = fc
    .oneof(
      fc.tuple(
        fc.constantFrom('type', 'event', 'name', 'userId'),
        fc.constantFrom('=', '!='),
        text.map((t) => `"${t}"`)
      ),
      fc.tuple(
        path,
        fc.constantFrom('=', '!='),
        fc.oneof(
          text.map((t) => `"${t}"`),
          fc.integer(),
          fc.constant('null')
        )
      ),
      fc.tuple(path, fc.constantFrom('<', '<=', '>', '>='), fc.integer()),
      fc.tuple(path, fc.constant('='), fc.boolean())
    )
    .map((parts) => parts.join(' '))
  const call = fc
    .tuple(
      fc.constantFrom('', '!'),
      fc.oneof(path, fc.constant('event')),
      text,
      fc.constantFrom('contains', 'starts', 'ends')
    )
    .map(([not, at, value, kind]) => {
      if (kind === 'contains') return `${not}contains(${at}, "${value}")`
      return `${not}match(${at}, "${kind === 'ends' ? '*' : ''}${value}${kind === 'starts' ? '*' : ''}")`
    })
  const group = fc
    .tuple(fc.array(test_, { minLength: 2, maxLength: 4 }), fc.constantFrom('and', 'or'))
    .map(([parts, word]) => `(${parts.join(` ${word} `)})`)
  const trigger = fc
    .tuple(fc.array(fc.oneof(test_, call, group), { minLength: 1, maxLength: 5 }), fc.constantFrom('and', 'or'))
    .map(([parts, word]) => parts.join(` ${word} `))

  test('a generated trigger has no problem', () => {
    fc.assert(
      fc.property(trigger, (each) => {
        expect(explainTrigger(each)).toEqual([])
      }),
      { numRuns: 2000 }
    )
  })
})
