import { auction, clicked, countsOf, direct, findingsOf, iso, listed, viewed } from '../../__tests__/shop'

const ad = { resolvedBidId: 'bid' }
const won = auction({ winners: [{ resolvedBidId: 'bid' }] })

test('a view and a click of a winner without its bid are reported', () => {
  const observations = [won, viewed({ id: 'view', at: 1 }), clicked({ at: 5 })]
  expect(countsOf(observations)).toEqual({ 'missing-bid': 2 })
  expect(countsOf(observations.reverse())).toEqual({ 'missing-bid': 2 })
  expect(findingsOf(observations)[0].samples[0]).toEqual({
    messageId: 'view',
    user: 'anna',
    bid: 'bid',
    product: 'yogurt'
  })
})

test('a click is reported if the view before it has the bid', () => {
  expect(countsOf([won, viewed({ at: 1, properties: ad }), clicked({ at: 5 })])).toEqual({ 'missing-bid': 1 })
})

test('an auction without a user counts if no event about the product has a bid', () => {
  const anyone = auction({ user: null, winners: [{ resolvedBidId: 'bid' }] })
  expect(countsOf([anyone, clicked({ at: 5 })])).toEqual({ 'missing-bid': 1 })
  expect(countsOf([anyone, clicked({ at: 5 }), viewed({ at: 9, anonymousId: 'bert', properties: ad })])).toEqual({})
})

test('a winner in a list without its bid is reported', () => {
  const products = [
    { product_id: 'milk', position: 1 },
    { product_id: 'yogurt', position: 2 }
  ]
  expect(countsOf([won, listed({ at: 1, products })])).toEqual({ 'missing-bid': 1 })
})

test('events with the bid are not reported', () => {
  expect(countsOf([won, viewed({ at: 1, properties: ad }), clicked({ at: 5, properties: ad })])).toEqual({})
})

test("a view of the product's own page after a click with its bid is not reported", () => {
  const observations = [
    won,
    viewed({ at: 1, properties: ad }),
    clicked({ at: 5, properties: ad }),
    viewed({ at: 6 }),
    clicked({ at: 20, name: 'Product Added' })
  ]
  expect(countsOf(observations)).toEqual({})
  expect(countsOf(observations.reverse())).toEqual({})
})

test('a winner that the page also shows without an ad is not reported', () => {
  const observations = [won, viewed({ at: 1 }), viewed({ at: 2, properties: ad }), clicked({ at: 5 })]
  expect(countsOf(observations)).toEqual({})
})

test('a click at another position than the ad is not reported', () => {
  const observations = [
    won,
    viewed({ at: 1, properties: { ...ad, position: 1 } }),
    clicked({ at: 5, properties: { position: 7 } })
  ]
  expect(countsOf(observations)).toEqual({})
})

test('a winner is not reported if only other winners of its auction were seen with their bids', () => {
  const winners = [{ resolvedBidId: 'bid' }, { resolvedBidId: 'milk-bid', id: 'milk' }]
  const seen = viewed({ at: 1, properties: { product_id: 'milk', resolvedBidId: 'milk-bid' } })
  expect(countsOf([auction({ winners }), seen, viewed({ at: 60 }), clicked({ at: 70 })])).toEqual({})
})

test('an ad whose events do not come through Segment is not reported', () => {
  const impression = { id: 'sdk', occurredAt: iso(1), opaqueUserId: 'anna', resolvedBidId: 'bid' }
  expect(countsOf([won, direct({ impressions: [impression] }, 1), viewed({ at: 2 })])).toEqual({})
})

test.each([
  ['before the auction', { at: -60 }],
  ['on a later visit', { at: 3_600 }],
  ['by another user', { at: 5, anonymousId: 'bert' }],
  ['of another product', { at: 5, properties: { product_id: 'milk' } }]
])('a view %s is not reported', (_, options) => {
  expect(countsOf([won, viewed(options)])).toEqual({})
})

test('nothing is reported without an auction, or for the winner of a banner auction', () => {
  expect(countsOf([viewed(), clicked()])).toEqual({})
  const banner = auction({ winners: [{ resolvedBidId: 'bid', format: 'banners' }] })
  expect(countsOf([banner, viewed({ at: 1 })])).toEqual({})
})

test('the first auction is compared with earlier observations', () => {
  expect(countsOf([viewed({ at: 1 }), viewed({ at: 1, properties: { product_id: 'milk' } }), won])).toEqual({
    'missing-bid': 1
  })
})

test('a view after a click with the bid is not reported, even if no view has the bid', () => {
  const observations = [won, clicked({ at: 5, properties: ad }), viewed({ at: 6 })]
  expect(countsOf(observations)).toEqual({})
  expect(countsOf(observations.reverse())).toEqual({})
})

test('nothing is reported if a click with a bid may be forgotten', () => {
  const others = Array.from({ length: 50 }, (_, index) => viewed({ at: 100 + index, anonymousId: `other-${index}` }))
  const second = auction({ at: 200, winners: [{ resolvedBidId: 'second' }] })
  const observations = [won, clicked({ at: 5, properties: ad }), ...others, second, viewed({ at: 201 })]
  expect(countsOf(observations, { window: { observations: 10, duration: 60_000 } })).toEqual({})
})
