import fc from 'fast-check'
import { createChecks } from '..'
import type { ChecksOptions, Observation } from '..'
import { bannerClicked, clicked, countsOf, findingsOf, identified, link, ordered, viewed } from './shop'

const MINUTE = 60
const DAY = 24 * 60 * MINUTE

const longMemory = { bids: 1_000, users: 1_000, orders: 1_000, ids: 1_000 }

/** The window holds a few observations. */
const forgetful: ChecksOptions = { window: { facts: 8 }, longMemory }

/** Events of other people, which push earlier ones out of the window. */
function others(at: number): Observation[] {
  return Array.from({ length: 10 }, (_, index) => viewed({ at: at + index, anonymousId: `other-${at + index}` }))
}

/** What shoppers who are logged in do, in the order in which it happened. Orders may come from the server. */
function stories(): fc.Arbitrary<Observation[]> {
  const shopper = fc.constantFrom(
    { anonymousId: 'anna', userId: 'customer-1' },
    { anonymousId: 'bert', userId: 'customer-2' },
    { anonymousId: 'carl', userId: 'customer-3' }
  )
  const bid = fc.constantFrom('bid-1', 'bid-2', 'bid-3', 'bid-4')
  const action = fc.oneof(
    fc.record({ kind: fc.constant('view' as const), bid: fc.option(bid, { nil: undefined }) }),
    fc.record({ kind: fc.constant('click' as const), bid, id: fc.constantFrom('id-1', 'id-2', undefined) }),
    fc.record({
      kind: fc.constant('order' as const),
      orderId: fc.constantFrom('o-1', 'o-2', 'o-3'),
      product_id: fc.constantFrom('tea', 'milk'),
      fromServer: fc.boolean()
    }),
    fc.record({ kind: fc.constant('repeat' as const), of: fc.nat(40) })
  )
  const wait = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 3 * DAY }))
  return fc.array(fc.tuple(wait, shopper, action), { maxLength: 40 }).map((steps) => {
    let at = 0
    const story: Observation[] = ['1', '2', '3'].map((number, index) =>
      identified({ id: `login-${number}`, anonymousId: ['anna', 'bert', 'carl'][index], userId: `customer-${number}` })
    )
    const unique: Observation[] = []
    steps.forEach(([seconds, shopper, action], index) => {
      at += seconds
      const base = { id: `m-${index}`, at, ...shopper }
      if (action.kind === 'view') {
        unique.push(viewed({ ...base, ...(action.bid && { properties: { resolvedBidId: action.bid } }) }))
      }
      if (action.kind === 'order') {
        const lines = [{ product_id: action.product_id, price: 1, vendorId: 'dairy' }]
        const caller = action.fromServer ? { anonymousId: null } : {}
        unique.push(ordered({ ...base, ...caller, orderId: action.orderId, lines }))
      }
      if (action.kind === 'view' || action.kind === 'order') story.push(unique[unique.length - 1])
      if (action.kind === 'click') {
        story.push(clicked({ ...base, id: action.id ?? base.id, properties: { resolvedBidId: action.bid } }))
      }
      if (action.kind === 'repeat' && unique.length > 0) story.push(unique[action.of % unique.length])
    })
    return story
  })
}

test('the findings are the same, however little the window holds', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(stories(), (story) => {
      const counts = countsOf(story)
      Object.keys(counts).forEach((code) => seen.add(code))
      expect(countsOf(story, forgetful)).toEqual(counts)
    }),
    { numRuns: 300 * Number(process.env.FC_RUNS_FACTOR ?? 1) }
  )
  expect([...seen].sort()).toEqual([
    'double-impression',
    'double-purchase',
    'no-interaction',
    'repeat-counted-once',
    'shared-id',
    'stale-bid',
    'user-id-mismatch'
  ])
})

describe('after days', () => {
  test('an order with another id than the clicks is reported with the id of the clicks', () => {
    const story = [
      clicked({ userId: 'customer-1' }),
      ...others(DAY),
      ordered({ id: 'order', at: 2 * DAY, anonymousId: null, userId: 'customer-1' })
    ]
    expect(findingsOf(story, forgetful)).toMatchObject([
      { code: 'user-id-mismatch', count: 1, samples: [{ messageId: 'order', user: 'customer-1', otherUser: 'anna' }] }
    ])
  })

  test('linked ids are still one user', () => {
    const story = [
      link('customer-1', 'anna'),
      clicked({ userId: 'customer-1' }),
      ...others(DAY),
      ordered({ at: 2 * DAY, anonymousId: null, userId: 'customer-1' })
    ]
    expect(countsOf(story, forgetful)).toEqual({})
  })

  test('an interaction outside the attribution window does not count', () => {
    const story = [clicked(), ...others(DAY), ordered({ at: 15 * DAY })]
    expect(countsOf(story, forgetful)).toEqual({ 'no-interaction': 1 })
  })

  test('an order between two forgotten interactions is not reported if neither is close', () => {
    const story = [clicked(), clicked({ at: 40 * DAY }), ...others(41 * DAY), ordered({ at: 20 * DAY })]
    expect(countsOf(story, forgetful)).toEqual({})
  })

  test('the third user of a bid is reported with the first one', () => {
    const click = (anonymousId: string, at: number) =>
      clicked({ id: anonymousId, at, anonymousId, properties: { resolvedBidId: 'bid' } })
    const story = [click('anna', 0), click('bert', 1), ...others(MINUTE), click('carl', 10 * MINUTE)]
    expect(findingsOf(story, forgetful)).toMatchObject([
      { code: 'stale-bid', count: 1, samples: [{ messageId: 'carl', otherUser: 'anna' }] }
    ])
  })

  test('a use that arrived early but happened later is not taken for the first one', () => {
    const view = (id: string, at: number) => viewed({ id, at, properties: { resolvedBidId: 'bid' } })
    const story = [view('later', 2), view('first', 1), ...others(MINUTE)]
    expect(findingsOf(story, forgetful)).toMatchObject([
      { code: 'double-impression', count: 1, samples: [{ messageId: 'later' }] }
    ])
  })

  test('a banner is reported if only older interactions of its user were forgotten', () => {
    const banner = bannerClicked({ at: DAY, properties: { resolvedBidId: 'banner' } })
    const story = [clicked(), ...others(60), banner, clicked({ at: DAY + 5 })]
    expect(countsOf(story, forgetful)).toEqual({ 'banner-no-follow-up': 1 })
    expect(countsOf(story, { window: { facts: 8 } })).toEqual({})
  })
})

describe('when the long memory is full', () => {
  const full: ChecksOptions = { window: { facts: 8 }, longMemory: { bids: 8, users: 8, orders: 8, ids: 8 } }

  test('an order is not reported, because its clicks may be forgotten', () => {
    const story = [clicked(), ...others(DAY), ...others(2 * DAY), ordered({ at: 3 * DAY })]
    expect(countsOf(story, full)).toEqual({})
  })

  test('the checks say what they no longer know', () => {
    const checks = createChecks(full)
    expect(checks.forgotten()).toEqual({ window: Infinity, past: { bids: 0, users: 0, orders: 0, ids: 0 } })
    for (const observation of [...others(0), ...others(DAY)]) checks.observe(observation)
    const { window, past } = checks.forgotten()
    expect(window).toBeLessThan(10_000)
    expect(past).toMatchObject({ bids: 0, orders: 0 })
    expect(past.users).toBeGreaterThan(0)
    expect(past.ids).toBeGreaterThan(0)
  })
})
