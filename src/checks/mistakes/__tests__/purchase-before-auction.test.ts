import { auction, clicked, countsOf, ordered, viewed } from '../../__tests__/shop'

const HOUR = 3_600
const ad = { resolvedBidId: 'bid' }
const won = (at: number) => auction({ at, winners: [{ resolvedBidId: 'bid' }] })
/** A view on an earlier day, so that the order has an interaction before it. */
const earlier = viewed({ at: -HOUR, properties: { product_id: 'milk' } })

test('an order with the time of its cart is before the auction whose ad was clicked', () => {
  const observations = [earlier, won(60), clicked({ at: 70, properties: ad }), ordered({ at: 30, receivedAt: 90 })]
  expect(countsOf(observations)).toEqual({ 'purchase-before-auction': 1 })
  expect(countsOf(observations.reverse())).toEqual({ 'purchase-before-auction': 1 })
})

test('a click before the order whose auction is after it shows a wrong clock', () => {
  const observations = [earlier, won(60), clicked({ at: 10, receivedAt: 70, properties: ad }), ordered({ at: 30 })]
  expect(countsOf(observations)).toEqual({ 'purchase-before-auction': 1 })
})

test('auction, click and order one after the other are right, also within a second', () => {
  expect(countsOf([won(0), clicked({ at: 0, properties: ad }), ordered({ at: 0 })])).toEqual({})
  expect(countsOf([won(0), clicked({ at: 10, properties: ad }), ordered({ at: 30 })])).toEqual({})
})

test('an ad for a product that was bought before is right', () => {
  const observations = [earlier, ordered({ at: 0 }), won(600), clicked({ at: 610, properties: ad })]
  expect(countsOf(observations)).toEqual({})
})

test('an order that arrives a day late, with its right time, is right', () => {
  const observations = [
    earlier,
    won(2 * HOUR),
    clicked({ at: 2 * HOUR + 5, properties: ad }),
    ordered({ at: 0, receivedAt: 24 * HOUR })
  ]
  expect(countsOf(observations)).toEqual({})
})

test('an earlier ad for the same product can be credited', () => {
  const first = auction({ at: 0, winners: [{ resolvedBidId: 'first' }] })
  const observations = [
    first,
    clicked({ at: 5, properties: { resolvedBidId: 'first' } }),
    won(60),
    clicked({ at: 70, properties: ad }),
    ordered({ at: 30, receivedAt: 90 })
  ]
  expect(countsOf(observations)).toEqual({})
})

test('an order of another product is right', () => {
  const lines = [{ product_id: 'milk', price: 1, vendorId: 'dairy' }]
  const observations = [
    earlier,
    won(60),
    clicked({ at: 70, properties: ad }),
    ordered({ at: 30, receivedAt: 90, lines })
  ]
  expect(countsOf(observations)).toEqual({})
})
