import fc from 'fast-check'
import { createChecks } from '..'
import type { Observation } from '..'
import { registry, wholeRegistry } from '../registry'
import {
  auction,
  bannerClicked,
  clicked,
  countsOf,
  direct,
  findingsOf,
  identified,
  iso,
  link,
  listed,
  ordered,
  viewed
} from './shop'

const USERS = ['anna', 'bert']
const PRODUCTS = ['yogurt', 'milk', 'tea']
const BIDS = PRODUCTS.map((product) => `bid-${product}`)

/** Any observation of a small shop within two days, correct or not. */
function anything(): fc.Arbitrary<(id: string) => Observation> {
  const at = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 172_800 }))
  const user = fc.constantFrom(...USERS)
  const product = fc.constantFrom(...PRODUCTS)
  const bid = fc.constantFrom(...BIDS, undefined)
  const caller = fc.record({ anonymousId: user, userId: fc.constantFrom('customer-1', undefined) })
  const about = fc.record({ product, bid, followUp: fc.boolean() }).map(({ product, bid, followUp }) => ({
    product_id: product,
    ...(bid ? { resolvedBidId: bid } : {}),
    ...(bid && followUp ? { additionalAttribution: { type: 'product', id: product } } : {})
  }))
  return fc.oneof(
    fc.tuple(at, caller, about).map(
      ([at, caller, properties]) =>
        (id: string) =>
          viewed({ id, at, ...caller, properties })
    ),
    fc.tuple(at, caller, about, fc.constantFrom('Product Clicked', 'Product Added')).map(
      ([at, caller, properties, name]) =>
        (id: string) =>
          clicked({ id, at, ...caller, properties, name })
    ),
    fc.tuple(at, caller, fc.constantFrom(...BIDS)).map(
      ([at, caller, resolvedBidId]) =>
        (id: string) =>
          bannerClicked({ id, at, ...caller, properties: { resolvedBidId } })
    ),
    fc
      .tuple(at, caller, product, fc.constantFrom('o-1', 'o-2', undefined), fc.boolean())
      .map(([at, caller, product_id, orderId, hasVendor]) => (id: string) => {
        const line = { product_id, price: 2, ...(hasVendor ? { vendorId: 'dairy' } : { brand: 'Alpine' }) }
        return ordered({ id, at, ...caller, lines: [line], orderId })
      }),
    fc
      .tuple(
        at,
        caller,
        fc.uniqueArray(fc.record({ product_id: product, position: fc.nat(3) }), {
          selector: ({ product_id }) => product_id
        })
      )
      .map(
        ([at, caller, products]) =>
          (id: string) =>
            listed({ id, at, ...caller, products })
      ),
    fc.tuple(at, caller).map(
      ([at, caller]) =>
        (id: string) =>
          identified({ id, at, ...caller })
    ),
    fc.tuple(at, user, bid).map(([at, opaqueUserId, resolvedBidId]) => (id: string) => {
      const entity = { type: 'product' as const, id: 'yogurt' }
      return direct(
        { clicks: [{ id, occurredAt: iso(at), opaqueUserId, ...(resolvedBidId ? { resolvedBidId } : { entity }) }] },
        at
      )
    }),
    fc.constantFrom(
      () => link('anna', 'customer-1'),
      () => link('anna', 'bert')
    )
  )
}

/** Each bid has at most one auction, as at Topsort. */
const auctions = fc
  .tuple(
    ...PRODUCTS.map(() => fc.option(fc.tuple(fc.nat(86_400), fc.constantFrom(...USERS, 'tsuid', null), fc.boolean())))
  )
  .map((drawn) =>
    drawn.flatMap((one, index) => {
      if (!one) return []
      const [at, user, isBanner] = one
      const format = isBanner ? ('banners' as const) : undefined
      return [
        auction({
          at,
          user,
          winners: [{ resolvedBidId: BIDS[index], id: PRODUCTS[index], format, vendorId: 'Alpine' }]
        })
      ]
    })
  )

/** So short that no group drops facts. */
const stories = fc
  .tuple(fc.array(anything(), { maxLength: 25 }), auctions)
  .map(([made, auctions]): Observation[] => [...made.map((make, index) => make(`m-${index}`)), ...auctions])

const shuffled = stories.chain((story) =>
  fc.tuple(fc.constant(story), fc.shuffledSubarray(story, { minLength: story.length }))
)

describe('the order of arrival', () => {
  test('never matters within the window', () => {
    fc.assert(
      fc.property(shuffled, ([story, other]) => {
        expect(findingsOf(other)).toEqual(findingsOf(story))
      }),
      { numRuns: 300 * Number(process.env.FC_RUNS_FACTOR ?? 1) }
    )
  })
})

describe('a repeated observation', () => {
  test('changes only the finding about repeats', () => {
    const withoutRepeats = (observations: Observation[]) =>
      findingsOf(observations).filter(({ code }) => code !== 'repeat-counted-once')
    fc.assert(
      fc.property(stories, (story) => {
        expect(withoutRepeats([...story, ...story])).toEqual(withoutRepeats(story))
      }),
      { numRuns: 200 * Number(process.env.FC_RUNS_FACTOR ?? 1) }
    )
  })
})

describe('findings', () => {
  test('findings are sorted by severity and then by count', () => {
    const ad = { resolvedBidId: 'bid' }
    const observations = [
      ...[0, 60, 120].map((at) => viewed({ id: `v-${at}`, at, properties: ad })),
      ...['a', 'b'].map((id) => clicked({ id, name: id, at: 200, properties: ad })),
      listed({ products: [{ product_id: 'tea' }] }),
      ordered({ at: 210, lines: [{ product_id: 'tea', price: 1 }] })
    ]
    expect(findingsOf([...observations, observations[0]]).map(({ code, count }) => [code, count])).toEqual([
      ['double-impression', 2],
      ['double-click', 1],
      ['empty-list', 1],
      ['no-vendor', 1],
      ['repeat-counted-once', 1]
    ])
  })

  test('findings have the times of the first and the last case, and the newest 10 cases', () => {
    const orders = Array.from({ length: 25 }, (_, index) =>
      ordered({ id: `o-${index}`, at: index * 60, orderId: `${index}`, lines: [{ product_id: 'tea', price: 1 }] })
    )
    const [finding] = findingsOf([viewed(), ...orders.reverse()])
    expect(finding).toMatchObject({ code: 'no-vendor', count: 25, first: iso(0), last: iso(24 * 60) })
    expect(finding.samples.map(({ messageId }) => messageId)).toEqual(
      Array.from({ length: 10 }, (_, index) => `o-${index + 15}`)
    )
  })
})

describe('`observe`', () => {
  const codes = (observations: Observation[]) => {
    const checks = createChecks()
    return observations.map((observation) => checks.observe(observation).map(({ code, count }) => `${code} ${count}`))
  }

  test('returns a finding for its first case, and at each power of ten', () => {
    const lists = Array.from({ length: 101 }, (_, at) => listed({ at, products: [{ product_id: 'tea' }] }))
    const shown = codes(lists).flatMap((findings, index) => findings.map((finding) => [index, finding]))
    expect(shown).toEqual([
      [0, 'empty-list 1'],
      [9, 'empty-list 10'],
      [99, 'empty-list 100']
    ])
  })

  test('`observe` does not return a finding that a pending event can remove', () => {
    expect(codes([ordered({ at: 2 }), clicked({ at: 1, receivedAt: 3 }), viewed({ at: 60 })])).toEqual([[], [], []])
  })

  test('returns a finding that no event has removed within five seconds of receipt', () => {
    expect(codes([ordered(), viewed({ at: 4 }), viewed({ at: 5 })])).toEqual([[], [], ['no-interaction 1']])
  })

  test('leaves a waiting finding to `settle`, which returns it once', () => {
    const checks = createChecks()
    checks.observe(ordered())
    expect(checks.settle()).toMatchObject([{ code: 'no-interaction', count: 1 }])
    expect(checks.settle()).toEqual([])
  })
})

describe('after observations have left the window', () => {
  const small = { window: { observations: 10, duration: 60_000 } }
  const others = (from: number, length: number) =>
    Array.from({ length }, (_, index) => viewed({ at: from + index, anonymousId: `other-${from + index}` }))

  test('cases stay counted after their observations have left the window', () => {
    const ad = { resolvedBidId: 'bid' }
    const observations = [
      viewed({ properties: ad }),
      viewed({ at: 1, properties: ad }),
      ordered({ at: 2, anonymousId: 'bert' }),
      ...others(100, 50)
    ]
    expect(countsOf(observations, small)).toEqual({ 'double-impression': 1, 'no-interaction': 1 })
  })

  test('an order is not reported if its click may be forgotten', () => {
    expect(countsOf([clicked(), ...others(100, 50), ordered({ at: 200 })], small)).toEqual({})
    expect(countsOf([clicked(), ordered({ at: 1 }), ...others(100, 50)], small)).toEqual({})
  })

  test('the order of a new user is still reported', () => {
    expect(countsOf([clicked(), ...others(100, 50), ordered({ at: 200, anonymousId: 'new' })], small)).toEqual({
      'no-interaction': 1
    })
  })

  test('an order is not reported if the other id of its user may be forgotten', () => {
    const login = identified({ at: 1, userId: 'customer-1' })
    const order = ordered({ at: 310, anonymousId: null, userId: 'customer-1' })
    expect(countsOf([login, ...others(100, 50), clicked({ at: 300 }), order], small)).toEqual({})
    expect(countsOf([clicked(), ...others(100, 50), login, ...others(200, 50), order], small)).toEqual({})
  })

  test('a bid is not reported if its auction may be forgotten', () => {
    const won = auction({ winners: [{ resolvedBidId: 'bid' }] })
    const late = auction({ at: 200, winners: [{ resolvedBidId: 'late', id: 'milk' }] })
    const click = clicked({ at: 202, properties: { resolvedBidId: 'bid' } })
    expect(countsOf([won, ...others(100, 50), late, click], small)).toEqual({})
  })

  test('an observation stays for an hour of event time, unless there are too many facts', () => {
    const order = ordered({ at: 20, anonymousId: null, userId: 'customer-1' })
    const identify = identified({ at: 21, userId: 'customer-1' })
    const story = [clicked(), ...others(1, 15), order, identify]
    expect(countsOf(story, { window: { observations: 5 } })).toEqual({ 'user-id-mismatch': 1 })
    expect(countsOf(story, { window: { observations: 5, facts: 10 } })).toEqual({})
  })

  test('a group that is too large to keep has the same count, such as one bid for all events', () => {
    const observations = Array.from({ length: 500 }, (_, at) => viewed({ at, properties: { resolvedBidId: 'test' } }))
    expect(countsOf(observations)).toEqual({ 'double-impression': 499 })
    expect(countsOf(observations.reverse())).toEqual({ 'double-impression': 499 })
  })
})

describe('for any event', () => {
  test('the checks never throw, and each finding has a count, times and samples', () => {
    const call = fc.record({
      messageId: fc.string(),
      type: fc.constantFrom('track', 'page', 'identify'),
      event: fc.constantFrom('Product Viewed', 'Order Completed', undefined),
      anonymousId: fc.option(fc.string()),
      properties: fc.dictionary(
        fc.constantFrom(
          'products',
          'product_id',
          'resolvedBidId',
          'entity',
          'additionalAttribution',
          'order_id',
          '__proto__'
        ),
        fc.jsonValue()
      ),
      timestamp: fc.string(),
      receivedAt: fc.oneof(fc.string(), fc.constant(iso(0)))
    })
    const reasonCode = fc.constantFrom('bid_unreadable', 'lines_left_out', 'line_without_price', 'field_invalid')
    const reasonPart = fc.record({ code: reasonCode, products: fc.jsonValue(), lines: fc.jsonValue() })
    const reasonParts = fc.oneof(fc.jsonValue(), fc.array(reasonPart))
    const delivery = fc.record({
      mapping: fc.string(),
      action: fc.constantFrom('click', 'impression', 'impressionsList', 'purchase'),
      ok: fc.boolean(),
      reason: fc.option(
        fc.record({ code: reasonCode, problems: reasonParts, notes: reasonParts, ids: fc.jsonValue() }),
        {
          nil: undefined
        }
      )
    })
    fc.assert(
      fc.property(fc.array(fc.tuple(call, fc.array(delivery, { maxLength: 2 }))), (drawn) => {
        const observations = drawn.map(([event, deliveries]) => ({ kind: 'event', event, deliveries }) as Observation)
        const codes = registry.map(({ code }) => code)
        for (const { code, count, first, samples } of findingsOf(observations)) {
          const isWhole = wholeRegistry.some((check) => check.code === code)
          expect(isWhole || codes.includes(code)).toBe(true)
          expect(count).toBeGreaterThan(0)
          // A check that needs all calls may have fewer samples than cases.
          if (isWhole) expect(samples.length).toBeLessThanOrEqual(Math.min(count, 10))
          else expect(samples.length).toBe(Math.min(count, 10))
          expect(Date.parse(first)).not.toBeNaN()
        }
      }),
      { numRuns: 100 * Number(process.env.FC_RUNS_FACTOR ?? 1) }
    )
  })

  test('an invalid time in a direct event does not throw', () => {
    const impression = { id: 'sdk', occurredAt: 'never', opaqueUserId: 'anna', resolvedBidId: 'bid' }
    const observation = { ...direct({ impressions: [impression] }), receivedAt: 'never' }
    expect(countsOf([observation, observation])).toEqual({ 'repeat-counted-once': 1 })
  })

  test('huge ids are shortened, and different huge ids stay different', () => {
    const huge = 'x'.repeat(20_000)
    const views = ['1', '2'].map((end) => viewed({ properties: { resolvedBidId: huge + end } }))
    expect(countsOf(views)).toEqual({})
    const [finding] = findingsOf([...views, viewed({ at: 60, properties: { resolvedBidId: `${huge}1` } })])
    expect(finding.code).toBe('double-impression')
    expect(finding.samples[0].bid!.length).toBeLessThan(300)
  })
})
