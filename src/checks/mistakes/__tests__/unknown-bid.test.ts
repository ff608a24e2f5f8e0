import { auction, bannerClicked, clicked, countsOf, findingsOf, viewed } from '../../__tests__/shop'

const refused = { ok: false, status: 400, message: 'Topsort refused this click: resolved_bid_id_not_found: not found' }

test('a bid that Topsort refuses is reported', () => {
  const [finding] = findingsOf([clicked({ id: 'c', properties: { resolvedBidId: 'made-up' }, delivery: refused })])
  expect(finding).toMatchObject({
    code: 'unknown-bid',
    count: 1,
    samples: [{ messageId: 'c', user: 'anna', bid: 'made-up', product: 'yogurt' }]
  })
})

test('a bid of another product is reported', () => {
  const observations = [
    auction({ winners: [{ resolvedBidId: 'bid', id: 'milk' }] }),
    viewed({ at: 1, properties: { resolvedBidId: 'bid' } })
  ]
  expect(countsOf(observations)).toEqual({ 'unknown-bid': 1 })
  expect(countsOf(observations.reverse())).toEqual({ 'unknown-bid': 1 })
})

test("a bid from none of the user's auctions is reported", () => {
  const observations = [
    auction({ winners: [{ resolvedBidId: 'WyJlX1BKYm5O' }] }),
    viewed({ at: 5, properties: { resolvedBidId: 'WyJlX1' } })
  ]
  expect(countsOf(observations)).toEqual({ 'unknown-bid': 1 })
  expect(countsOf(observations.reverse())).toEqual({ 'unknown-bid': 1 })
})

test('nothing is reported without an auction', () => {
  expect(countsOf([viewed({ properties: { resolvedBidId: 'bid' } })])).toEqual({})
})

test('a bid that was used before the first known auction is not reported', () => {
  const observations = [
    viewed({ properties: { resolvedBidId: 'earlier' } }),
    auction({ at: 60, winners: [{ resolvedBidId: 'bid', id: 'milk' }] })
  ]
  expect(countsOf(observations)).toEqual({})
})

test("a bid is not compared with another user's auctions", () => {
  const observations = [
    auction({ user: 'bert', winners: [{ resolvedBidId: 'bid' }] }),
    viewed({ at: 5, properties: { resolvedBidId: 'other' } })
  ]
  expect(countsOf(observations)).toEqual({})
})

test('a product with the winning id in any of its id properties is not reported', () => {
  const properties = { product_id: '4711', sku: 'yogurt', resolvedBidId: 'bid' }
  expect(countsOf([auction({ winners: [{ resolvedBidId: 'bid' }] }), viewed({ at: 1, properties })])).toEqual({})
})

test("a banner's bid with any product is not reported", () => {
  const properties = { resolvedBidId: 'bid', product_id: 'milk' }
  const winners = [{ resolvedBidId: 'bid', format: 'banners' as const }]
  expect(countsOf([auction({ winners }), bannerClicked({ at: 1, properties })])).toEqual({})
})

test("a vendor's bid with any product is not reported", () => {
  const winners = [{ resolvedBidId: 'bid', type: 'vendor', id: 'dairy' }]
  expect(countsOf([auction({ winners }), viewed({ at: 1, properties: { resolvedBidId: 'bid' } })])).toEqual({})
})

test('an event that failed for another reason is not reported', () => {
  const delivery = { ok: false, status: 503, message: 'Topsort could not take this click: 503.' }
  expect(countsOf([clicked({ properties: { resolvedBidId: 'bid' }, delivery })])).toEqual({})
})
