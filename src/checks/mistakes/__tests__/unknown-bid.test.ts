import { auction, bannerClicked, clicked, countsOf, findingsOf, viewed } from '../../__tests__/shop'

const refused = { ok: false, status: 400, message: 'Topsort refused this click: resolved_bid_id_not_found: not found' }

test('a bid that Topsort refuses is unknown', () => {
  const [finding] = findingsOf([clicked({ id: 'c', properties: { resolvedBidId: 'made-up' }, delivery: refused })])
  expect(finding).toMatchObject({
    code: 'unknown-bid',
    count: 1,
    samples: [{ messageId: 'c', user: 'anna', bid: 'made-up', product: 'yogurt' }]
  })
})

test('a bid of another product is told', () => {
  const observations = [
    auction({ winners: [{ resolvedBidId: 'bid', id: 'milk' }] }),
    viewed({ at: 1, properties: { resolvedBidId: 'bid' } })
  ]
  expect(countsOf(observations)).toEqual({ 'unknown-bid': 1 })
  expect(countsOf(observations.reverse())).toEqual({ 'unknown-bid': 1 })
})

test('a bid that is from none of the auctions of its user is told', () => {
  const observations = [
    auction({ winners: [{ resolvedBidId: 'WyJlX1BKYm5O' }] }),
    viewed({ at: 5, properties: { resolvedBidId: 'WyJlX1' } })
  ]
  expect(countsOf(observations)).toEqual({ 'unknown-bid': 1 })
  expect(countsOf(observations.reverse())).toEqual({ 'unknown-bid': 1 })
})

test('nothing is said where no auction is seen', () => {
  expect(countsOf([viewed({ properties: { resolvedBidId: 'bid' } })])).toEqual({})
})

test('a bid from before the first auction that is seen is right', () => {
  const observations = [
    viewed({ properties: { resolvedBidId: 'earlier' } }),
    auction({ at: 60, winners: [{ resolvedBidId: 'bid', id: 'milk' }] })
  ]
  expect(countsOf(observations)).toEqual({})
})

test("the auctions of one user say nothing about another user's bids", () => {
  const observations = [
    auction({ user: 'bert', winners: [{ resolvedBidId: 'bid' }] }),
    viewed({ at: 5, properties: { resolvedBidId: 'other' } })
  ]
  expect(countsOf(observations)).toEqual({})
})

test('a product that has the winning id in any of its properties is the right one', () => {
  const properties = { product_id: '4711', sku: 'yogurt', resolvedBidId: 'bid' }
  expect(countsOf([auction({ winners: [{ resolvedBidId: 'bid' }] }), viewed({ at: 1, properties })])).toEqual({})
})

test("a banner's bid may stand beside any product", () => {
  const properties = { resolvedBidId: 'bid', product_id: 'milk' }
  const winners = [{ resolvedBidId: 'bid', format: 'banners' as const }]
  expect(countsOf([auction({ winners }), bannerClicked({ at: 1, properties })])).toEqual({})
})

test("a vendor's bid may stand beside any product", () => {
  const winners = [{ resolvedBidId: 'bid', type: 'vendor', id: 'dairy' }]
  expect(countsOf([auction({ winners }), viewed({ at: 1, properties: { resolvedBidId: 'bid' } })])).toEqual({})
})

test('an event that failed for another reason says nothing about its bid', () => {
  const delivery = { ok: false, status: 503, message: 'Topsort could not take this click: 503.' }
  expect(countsOf([clicked({ properties: { resolvedBidId: 'bid' }, delivery })])).toEqual({})
})
