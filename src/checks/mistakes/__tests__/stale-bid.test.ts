import { auction, clicked, countsOf, findingsOf, viewed } from '../../__tests__/shop'

const HOUR = 3_600
const ad = { resolvedBidId: 'bid' }

test('a bid that is used more than a day after its auction is old', () => {
  const observations = [auction({ winners: [{ resolvedBidId: 'bid' }] }), viewed({ at: 25 * HOUR, properties: ad })]
  expect(countsOf(observations)).toEqual({ 'stale-bid': 1 })
  expect(countsOf(observations.reverse())).toEqual({ 'stale-bid': 1 })
})

test('without auctions, the first use of a bid tells its age', () => {
  expect(countsOf([viewed({ properties: ad }), clicked({ at: 25 * HOUR, properties: ad })])).toEqual({ 'stale-bid': 1 })
})

test('a bid that a third user has is from a cached page', () => {
  const observations = ['anna', 'bert', 'carl'].map((anonymousId, at) =>
    clicked({ id: anonymousId, at, anonymousId, properties: ad })
  )
  expect(countsOf(observations)).toEqual({ 'stale-bid': 1 })
  expect(findingsOf(observations)[0].samples).toEqual([
    { messageId: 'carl', user: 'carl', otherUser: 'anna', bid: 'bid', product: 'yogurt' }
  ])
})

test('a tab that is open for a day is right', () => {
  const observations = [
    auction({ winners: [{ resolvedBidId: 'bid' }] }),
    viewed({ at: 1, properties: ad }),
    clicked({ at: 23 * HOUR, properties: ad })
  ]
  expect(countsOf(observations)).toEqual({})
})

test('a user who logs in on the page has two ids and one bid', () => {
  expect(
    countsOf([viewed({ properties: ad }), clicked({ at: 60, anonymousId: 'customer-1', properties: ad })])
  ).toEqual({})
})

test('an organic product that is seen for days is right', () => {
  expect(countsOf([viewed(), clicked({ at: 100 * HOUR })])).toEqual({})
})
