import { auction, clicked, countsOf, direct, iso, ordered, viewed } from '../../__tests__/shop'

const DAY = 86_400

test('an order of a user without interactions is reported', () => {
  expect(countsOf([clicked(), ordered({ at: 60, anonymousId: 'someone-else' })])).toEqual({ 'no-interaction': 1 })
})

test('a click after the order does not count', () => {
  expect(countsOf([ordered(), clicked({ at: 60 })])).toEqual({ 'no-interaction': 1 })
})

test('an order before the auction of its click is one finding, about its time', () => {
  const observations = [
    auction({ at: 60, winners: [{ resolvedBidId: 'bid' }] }),
    clicked({ at: 70, properties: { resolvedBidId: 'bid' } }),
    ordered({ at: 30, receivedAt: 90 })
  ]
  expect(countsOf(observations)).toEqual({ 'purchase-before-auction': 1 })
  expect(countsOf(observations.reverse())).toEqual({ 'purchase-before-auction': 1 })
})

test('a click outside the attribution window does not count', () => {
  const observations = [clicked(), ordered({ at: 15 * DAY })]
  expect(countsOf(observations)).toEqual({ 'no-interaction': 1 })
  expect(countsOf(observations, { attributionDays: 30 })).toEqual({})
})

test('a click counts as long as the attribution window of its format is', () => {
  const attributionDays = { listings: 7, brands: 14, banners: 30 }
  const ordersAfter = (format: 'listings' | 'brands' | 'banners', days: number) => {
    const winners = [{ resolvedBidId: 'bid', format }]
    const click = clicked({ at: 60, properties: { resolvedBidId: 'bid' } })
    return countsOf([auction({ winners }), click, ordered({ at: days * DAY })], { attributionDays })
  }
  expect(ordersAfter('listings', 6)).toEqual({})
  expect(ordersAfter('listings', 10)).toEqual({ 'no-interaction': 1 })
  expect(ordersAfter('brands', 10)).toEqual({})
  expect(ordersAfter('brands', 20)).toEqual({ 'no-interaction': 1 })
  expect(ordersAfter('banners', 20)).toEqual({})
})

test.each([
  ['a click', clicked()],
  ['an organic view', viewed()],
  [
    'an event that did not come through Segment',
    direct({
      clicks: [{ id: 'sdk', occurredAt: iso(0), opaqueUserId: 'anna', entity: { type: 'product', id: 'milk' } }]
    })
  ]
])('an order after %s is not reported, in either order of arrival', (_, interaction) => {
  expect(countsOf([interaction, ordered({ at: 60 })])).toEqual({})
  expect(countsOf([ordered({ at: 60 }), interaction])).toEqual({})
})

test('a click at nearly the same time counts as before the order', () => {
  expect(countsOf([ordered({ at: 0 }), clicked({ at: 0.5 })])).toEqual({})
})

test('an order of gifts only is not reported', () => {
  expect(countsOf([ordered({ lines: [{ product_id: 'sample', price: 0 }] })])).toEqual({})
})
