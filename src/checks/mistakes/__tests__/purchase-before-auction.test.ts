import { auction, clicked, countsOf, ordered, viewed } from '../../__tests__/shop'

const HOUR = 3_600
const ad = { resolvedBidId: 'bid' }
const won = (at: number) => auction({ at, winners: [{ resolvedBidId: 'bid' }] })
/** An earlier view, so that the order has an interaction before it. */
const earlier = viewed({ at: -HOUR, properties: { product_id: 'milk' } })

test('an order is reported if its time is before the auction of the clicked ad', () => {
  const observations = [earlier, won(60), clicked({ at: 70, properties: ad }), ordered({ at: 30, receivedAt: 90 })]
  expect(countsOf(observations)).toEqual({ 'purchase-before-auction': 1 })
  expect(countsOf(observations.reverse())).toEqual({ 'purchase-before-auction': 1 })
})

test('an order is reported if its click is before it and the auction of that click is after it', () => {
  const observations = [earlier, won(60), clicked({ at: 10, receivedAt: 70, properties: ad }), ordered({ at: 30 })]
  expect(countsOf(observations)).toEqual({ 'purchase-before-auction': 1 })
})

test('an auction, a click and an order in this sequence are not reported, even within a second', () => {
  expect(countsOf([won(0), clicked({ at: 0, properties: ad }), ordered({ at: 0 })])).toEqual({})
  expect(countsOf([won(0), clicked({ at: 10, properties: ad }), ordered({ at: 30 })])).toEqual({})
})

test('an ad for a product that was bought before is not reported', () => {
  const observations = [earlier, ordered({ at: 0 }), won(600), clicked({ at: 610, properties: ad })]
  expect(countsOf(observations)).toEqual({})
})

test('an order that arrives a day late with its correct time is not reported', () => {
  const observations = [
    earlier,
    won(2 * HOUR),
    clicked({ at: 2 * HOUR + 5, properties: ad }),
    ordered({ at: 0, receivedAt: 24 * HOUR })
  ]
  expect(countsOf(observations)).toEqual({})
})

test('an order is not reported if an earlier ad for its product can be credited', () => {
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

test('an order of another product is not reported', () => {
  const lines = [{ product_id: 'milk', price: 1, vendorId: 'dairy' }]
  const observations = [
    earlier,
    won(60),
    clicked({ at: 70, properties: ad }),
    ordered({ at: 30, receivedAt: 90, lines })
  ]
  expect(countsOf(observations)).toEqual({})
})
