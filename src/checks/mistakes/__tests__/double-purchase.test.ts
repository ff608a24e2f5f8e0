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

test.each(['transaction_id', 'orderNumber', 'checkout_id'])(
  'a repeated order id in %s is reported, also a day later',
  (name) => {
    const reload = (at: number) => ordered({ at, properties: { [name]: 'ty-1' } })
    expect(countsOf([view, reload(5), reload(90_000)])).toEqual({ 'double-purchase': 1 })
  }
)

const side = (name: string, options: Parameters<typeof ordered>[0]) => {
  const order = ordered(options)
  return { ...order, event: { ...order.event, context: { library: { name, version: '1' } } } }
}
const browser = (options: Parameters<typeof ordered>[0]) => side('analytics.js', { at: 5, ...options })
const server = (options: Parameters<typeof ordered>[0]) =>
  side('analytics-node', { at: 14, anonymousId: 'anna', userId: 'u-1', ...options })
const net = [{ product_id: 'yogurt', price: 2.1, vendorId: 'dairy' }]

test('one order with taxes from the browser and without them from the server is reported', () => {
  const orders = [view, browser({ orderId: 'bs-1' }), server({ orderId: 'bs-1', lines: net })]
  expect(countsOf(orders)).toEqual({ 'double-purchase': 1 })
})

test('one order with an id of each side is reported, if both know the same user', () => {
  const orders = [view, browser({ orderId: '#1001' }), server({ id: 's', orderId: '5501234-ab', lines: net })]
  expect(findingsOf(orders)).toMatchObject([{ code: 'double-purchase', count: 1, samples: [{ messageId: 's' }] }])
})

test('one order of two sides, one without an order id, is reported up to an hour later', () => {
  expect(countsOf([view, browser({}), server({ at: 3_000, orderId: 'o-1' })])).toEqual({ 'double-purchase': 1 })
  expect(countsOf([view, browser({}), server({ at: 3_700, orderId: 'o-1' })])).toEqual({})
})

test('an order that three reports name in different ways is reported twice', () => {
  const orders = [view, browser({}), server({ orderId: 'o-1' }), server({ at: 20, orderId: 'o-1', lines: net })]
  expect(countsOf(orders)).toEqual({ 'double-purchase': 2 })
})

test('two orders of two sides with order ids of one form, or with other quantities, are not reported', () => {
  expect(countsOf([view, browser({ orderId: 'o-1' }), server({ orderId: 'o-22' })])).toEqual({})
  const two = [{ product_id: 'yogurt', price: 2.5, quantity: 2, vendorId: 'dairy' }]
  expect(countsOf([view, browser({}), server({ lines: two })])).toEqual({})
})

test('an order that both sides report with its order id as the event id is counted once', () => {
  const withOrderId = (order: ReturnType<typeof browser>) => {
    const [delivery] = order.deliveries
    const purchases = delivery.sent!.purchases!.map((purchase) => ({ ...purchase, id: 'bs-1' }))
    return { ...order, deliveries: [{ ...delivery, sent: { purchases } }] }
  }
  const serverOnly = { orderId: 'bs-1', anonymousId: null, userId: 'anna', lines: net }
  const orders = [view, withOrderId(browser({ orderId: 'bs-1' })), withOrderId(server(serverOnly))]
  expect(countsOf(orders)).toEqual({ 'repeat-counted-once': 1 })
})
