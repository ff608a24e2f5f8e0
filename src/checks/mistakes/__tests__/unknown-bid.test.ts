import { auction, bannerClicked, clicked, countsOf, findingsOf, listed, viewed } from '../../__tests__/shop'

const unknown = { code: 'topsort_refused', status: 400, errCode: 'resolved_bid_id_not_found' }
const refused = { ok: false, reason: unknown }

test('a bid that Topsort refuses is reported', () => {
  const [finding] = findingsOf([clicked({ id: 'c', properties: { resolvedBidId: 'made-up' }, delivery: refused })])
  expect(finding).toMatchObject({
    code: 'unknown-bid',
    count: 1,
    samples: [{ messageId: 'c', user: 'anna', bid: 'made-up', product: 'yogurt' }]
  })
})

test('a bid that is an object is reported', () => {
  const delivery = { ok: false, reason: { code: 'bid_unreadable', value: '{}' }, sent: undefined }
  expect(findingsOf([clicked({ id: 'c', delivery })])[0]).toMatchObject({
    code: 'unknown-bid',
    count: 1,
    samples: [{ messageId: 'c', user: 'anna', product: 'yogurt' }]
  })
})

describe('of a list,', () => {
  const products = [
    { product_id: 'yogurt', position: 1, resolvedBidId: 'good' },
    { product_id: 'milk', position: 2, resolvedBidId: 'made up' }
  ]

  test('the bid that Topsort refuses is the sample', () => {
    const reason = { code: 'partly_delivered', count: 1, of: 2, reasons: [{ ...unknown, ids: ['list-1'] }] }
    const [finding] = findingsOf([listed({ id: 'list', products, delivery: { ok: false, reason } })])
    expect(finding).toMatchObject({ code: 'unknown-bid', count: 1, samples: [{ messageId: 'list', bid: 'made up' }] })
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

test('an event that failed because Topsort was not available is not reported', () => {
  const delivery = {
    ok: false,
    reason: { code: 'topsort_unavailable', status: 503, said: 'resolved_bid_id_not_found' }
  }
  expect(countsOf([clicked({ properties: { resolvedBidId: 'bid' }, delivery })])).toEqual({})
})
