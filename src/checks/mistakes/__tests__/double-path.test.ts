import { clicked, countsOf, direct, findingsOf, iso, ordered, viewed } from '../../__tests__/shop'

const ad = { resolvedBidId: 'bid' }
const sdk = (at: number, opaqueUserId = 'anna') => ({ id: `sdk-${at}`, occurredAt: iso(at), opaqueUserId, ...ad })

test('impressions with one bid through Segment and directly are reported', () => {
  const observations = [viewed({ id: 'view', properties: ad }), direct({ impressions: [sdk(30)] }, 30)]
  expect(countsOf(observations)).toEqual({ 'double-path': 1 })
  expect(countsOf(observations.reverse())).toEqual({ 'double-path': 1 })
  expect(findingsOf(observations)[0].samples).toEqual([
    { messageId: 'view', otherMessageId: 'sdk-30', user: 'anna', otherUser: 'anna', bid: 'bid', product: 'yogurt' }
  ])
})

test('clicks with one bid through Segment and directly at the same time are reported', () => {
  expect(countsOf([clicked({ properties: ad }), direct({ clicks: [sdk(1)] }, 1)])).toEqual({ 'double-path': 1 })
})

test('orders of one user with the same lines through Segment and directly are reported', () => {
  const items = [{ productId: 'yogurt', unitPrice: 2.5 }]
  const purchase = { ...sdk(3), resolvedBidId: undefined, items }
  expect(countsOf([viewed(), ordered({ at: 2 }), direct({ purchases: [purchase] }, 3)])).toEqual({ 'double-path': 1 })
})

test('a later direct click on the same ad is not reported', () => {
  expect(countsOf([clicked({ properties: ad }), direct({ clicks: [sdk(30)] }, 30)])).toEqual({})
})

test('impressions on one way and clicks on the other are not reported', () => {
  expect(countsOf([direct({ impressions: [sdk(0)] }), clicked({ at: 2, properties: ad })])).toEqual({})
})

test('events with the same id on both ways are not reported', () => {
  const impression = { ...sdk(0), id: 'view' }
  expect(countsOf([viewed({ id: 'view', properties: ad }), direct({ impressions: [impression] })])).toEqual({})
})

test('orders of two users with the same lines are not reported', () => {
  const purchase = { ...sdk(3, 'bert'), resolvedBidId: undefined, items: [{ productId: 'yogurt', unitPrice: 2.5 }] }
  expect(countsOf([viewed(), ordered({ at: 2 }), direct({ purchases: [purchase] }, 3)])).toEqual({})
})
