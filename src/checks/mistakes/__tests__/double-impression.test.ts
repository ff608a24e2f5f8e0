import { bannerClicked, clicked, countsOf, findingsOf, listed, viewed } from '../../__tests__/shop'

const ad = { resolvedBidId: 'bid' }

test('each impression of a bid after the first is reported', () => {
  const observations = [0, 60, 120].map((at) => viewed({ id: `view-${at}`, at, properties: ad }))
  expect(countsOf(observations)).toEqual({ 'double-impression': 2 })
  expect(findingsOf(observations)[0].samples).toEqual([
    { messageId: 'view-60', otherMessageId: 'view-0', user: 'anna', bid: 'bid', product: 'yogurt' },
    { messageId: 'view-120', otherMessageId: 'view-0', user: 'anna', bid: 'bid', product: 'yogurt' }
  ])
})

test('a bid that is twice in a list is reported', () => {
  const products = [1, 2].map((position) => ({ product_id: 'yogurt', ...ad, position }))
  expect(countsOf([listed({ products })])).toEqual({ 'double-impression': 1 })
})

test('two impression mappings that take one Segment event are reported', () => {
  const view = viewed({ properties: ad })
  const [delivery] = view.deliveries
  expect(countsOf([{ ...view, deliveries: [delivery, { ...delivery, mapping: 'Tiles' }] }])).toEqual({
    'double-impression': 1
  })
})

test('one impression and several clicks with one bid are not reported', () => {
  expect(
    countsOf([viewed({ properties: ad }), clicked({ at: 5, properties: ad }), clicked({ at: 90, properties: ad })])
  ).toEqual({})
})

test('views of one product with different bids or without a bid are not reported', () => {
  expect(
    countsOf([viewed({ properties: ad }), viewed({ properties: { resolvedBidId: 'other' } }), viewed(), viewed()])
  ).toEqual({})
})

test('an impression that Topsort did not accept is only a failed event', () => {
  const failed = { ok: false, status: 503 }
  expect(countsOf([viewed({ properties: ad }), viewed({ properties: ad, delivery: failed })])).toEqual({
    'failed-event': 1
  })
})

test('an impression and a click of a banner are not reported', () => {
  const banner = { ...viewed({ name: 'Banner Impression', properties: ad }) }
  expect(countsOf([banner, bannerClicked({ at: 3, properties: ad })])).toEqual({})
})
