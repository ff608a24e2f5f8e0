import { countsOf, findingsOf, ordered, viewed } from '../../__tests__/shop'

const view = viewed()

test('a repeated order id is reported, even with another user and hours later', () => {
  const observations = [
    view,
    viewed({ anonymousId: 'customer-1' }),
    ordered({ id: 'browser', at: 5, orderId: 'o-1' }),
    ordered({ id: 'server', at: 7_200, orderId: 'o-1', anonymousId: null, userId: 'customer-1' })
  ]
  expect(countsOf(observations)).toEqual({ 'double-purchase': 1 })
  expect(countsOf(observations.reverse())).toEqual({ 'double-purchase': 1 })
  expect(findingsOf(observations)[0].samples).toEqual([
    { messageId: 'server', otherMessageId: 'browser', user: 'customer-1', order: 'o-1', product: 'yogurt' }
  ])
})

test('the same lines of one user within minutes are reported if there are no order ids', () => {
  expect(countsOf([view, ordered({ at: 5 }), ordered({ at: 65 })])).toEqual({ 'double-purchase': 1 })
})

test('the same lines an hour later are not reported', () => {
  expect(countsOf([view, ordered({ at: 5 }), ordered({ at: 3_605 })])).toEqual({})
})

test('orders with different order ids are not reported, even with the same lines', () => {
  expect(countsOf([view, ordered({ at: 5, orderId: 'o-1' }), ordered({ at: 20, orderId: 'o-2' })])).toEqual({})
})

test('an order in several parts is not reported', () => {
  const milk = [{ product_id: 'milk', price: 1, vendorId: 'farm' }]
  expect(countsOf([view, ordered({ at: 5, orderId: 'o-1' }), ordered({ at: 5, orderId: 'o-1', lines: milk })])).toEqual(
    {}
  )
})

test('a reloaded page that sends the order id as the event id is not reported', () => {
  const reported = (at: number) => {
    const order = ordered({ at, orderId: 'o-1' })
    const [delivery] = order.deliveries
    const purchases = delivery.sent!.purchases!.map((purchase) => ({ ...purchase, id: 'o-1' }))
    return { ...order, deliveries: [{ ...delivery, sent: { purchases } }] }
  }
  expect(countsOf([view, reported(5), reported(65)])).toEqual({ 'repeat-counted-once': 1 })
})

test('orders of two users with the same lines are not reported', () => {
  expect(
    countsOf([view, viewed({ anonymousId: 'bert' }), ordered({ at: 5 }), ordered({ at: 6, anonymousId: 'bert' })])
  ).toEqual({})
})
