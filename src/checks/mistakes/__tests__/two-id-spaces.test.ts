import { auction, clicked, countsOf, direct, findingsOf, iso, link, viewed } from '../../__tests__/shop'

const ad = { resolvedBidId: 'bid' }
const tsuid = auction({ user: 'tsuid-1', winners: [{ resolvedBidId: 'bid' }] })

test('events with a different user id than the auction of their bid are reported', () => {
  const observations = [tsuid, viewed({ id: 'v', at: 1, properties: ad }), clicked({ at: 5, properties: ad })]
  expect(countsOf(observations)).toEqual({ 'two-id-spaces': 2 })
  expect(countsOf(observations.reverse())).toEqual({ 'two-id-spaces': 2 })
  expect(findingsOf(observations)[0].samples[0]).toEqual({
    messageId: 'v',
    user: 'anna',
    otherUser: 'tsuid-1',
    bid: 'bid',
    product: 'yogurt'
  })
})

test("events with a different user id than those of Topsort's browser SDK are reported", () => {
  const impression = { id: 'sdk', occurredAt: iso(0), opaqueUserId: 'tsuid-1', ...ad }
  expect(countsOf([direct({ impressions: [impression] }), clicked({ at: 5, properties: ad })])).toEqual({
    'two-id-spaces': 1
  })
})

test('events with the user id of the auction are not reported', () => {
  expect(countsOf([auction({ winners: [{ resolvedBidId: 'bid' }] }), viewed({ at: 1, properties: ad })])).toEqual({})
})

test('an auction without a user is not reported', () => {
  expect(
    countsOf([auction({ user: null, winners: [{ resolvedBidId: 'bid' }] }), viewed({ at: 1, properties: ad })])
  ).toEqual({})
})

test('a user who logs in between auction and click is not reported', () => {
  const observations = [
    auction({ winners: [{ resolvedBidId: 'bid' }] }),
    viewed({ at: 1, properties: ad }),
    clicked({ at: 60, properties: { ...ad, opaqueUserId: 'customer-1' } })
  ]
  expect(countsOf(observations)).toEqual({})
})

test('linked ids are not reported, before and after the link', () => {
  const view = viewed({ at: 1, properties: ad })
  expect(countsOf([link('tsuid-1', 'anna'), tsuid, view])).toEqual({})
  expect(countsOf([tsuid, view, link('tsuid-1', 'anna')])).toEqual({})
})
