import { auction, bannerClicked, clicked, countsOf, findingsOf, viewed } from '../../__tests__/shop'

const properties = { resolvedBidId: 'fallback' }
const fallback = auction({ winners: [{ resolvedBidId: 'fallback', format: 'banners', isFallback: true }] })
const refused = {
  ok: false,
  reason: { code: 'topsort_refused', status: 400, errCode: 'resolved_bid_id_not_found' }
}

test('a refused event with the bid of a fallback banner is reported, and not as an unknown bid', () => {
  const observations = [fallback, bannerClicked({ id: 'c', at: 5, properties, delivery: refused })]
  expect(findingsOf(observations)).toMatchObject([
    { code: 'fallback-bid', count: 1, samples: [{ messageId: 'c', user: 'anna', bid: 'fallback' }] }
  ])
})

test('a delivered event with the bid of a fallback banner is reported, in either order of arrival', () => {
  const observations = [fallback, bannerClicked({ at: 5, properties })]
  expect(countsOf(observations)).toMatchObject({ 'fallback-bid': 1 })
  expect(countsOf(observations.reverse())).toMatchObject({ 'fallback-bid': 1 })
})

test('an event with the bid of a winner that paid is not reported', () => {
  const paid = auction({
    winners: [{ resolvedBidId: 'bid' }, { resolvedBidId: 'fallback', id: 'x', isFallback: true }]
  })
  expect(countsOf([paid, viewed({ at: 1, properties: { resolvedBidId: 'bid' } })])).toEqual({})
})

test('a refused bid of no auction is still an unknown bid', () => {
  expect(countsOf([fallback, clicked({ at: 5, properties: { resolvedBidId: 'other' }, delivery: refused })])).toEqual({
    'unknown-bid': 1
  })
})

test('an event about the product of a fallback banner needs no bid', () => {
  expect(countsOf([fallback, viewed({ at: 5 })])).toEqual({})
})
