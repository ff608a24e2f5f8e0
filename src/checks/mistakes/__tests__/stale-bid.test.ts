import { auction, clicked, countsOf, findingsOf, viewed } from '../../__tests__/shop'

const HOUR = 3_600
const ad = { resolvedBidId: 'bid' }

test('a bid that is used more than a day after its auction is reported', () => {
  const observations = [auction({ winners: [{ resolvedBidId: 'bid' }] }), viewed({ at: 25 * HOUR, properties: ad })]
  expect(countsOf(observations)).toEqual({ 'stale-bid': 1 })
  expect(countsOf(observations.reverse())).toEqual({ 'stale-bid': 1 })
})

test('without an auction, the age of a bid counts from its first use', () => {
  expect(countsOf([viewed({ properties: ad }), clicked({ at: 25 * HOUR, properties: ad })])).toEqual({ 'stale-bid': 1 })
})

test('a bid that a third user sends is reported', () => {
  const observations = ['anna', 'bert', 'carl'].map((anonymousId, at) =>
    clicked({ id: anonymousId, at, anonymousId, properties: ad })
  )
  expect(countsOf(observations)).toEqual({ 'stale-bid': 1 })
  expect(findingsOf(observations)[0].samples).toEqual([
    { messageId: 'carl', user: 'carl', otherUser: 'anna', bid: 'bid', product: 'yogurt' }
  ])
})

test('a bid of a tab that is open for a day is not reported', () => {
  const observations = [
    auction({ winners: [{ resolvedBidId: 'bid' }] }),
    viewed({ at: 1, properties: ad }),
    clicked({ at: 23 * HOUR, properties: ad })
  ]
  expect(countsOf(observations)).toEqual({})
})

test('two users with one bid are not reported, because a user may log in', () => {
  expect(
    countsOf([viewed({ properties: ad }), clicked({ at: 60, anonymousId: 'customer-1', properties: ad })])
  ).toEqual({})
})

test('organic events about one product over several days are not reported', () => {
  expect(countsOf([viewed(), clicked({ at: 100 * HOUR })])).toEqual({})
})
