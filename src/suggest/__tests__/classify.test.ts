import { classify } from '../classify'
import { profileOf, times } from './profiles'

const view = (event: string) => times(30, (index) => ({ event, properties: { product_id: `p-${index % 15}` } }))
const order = (event: string) =>
  times(30, (index) => ({
    event,
    properties: { order_id: `o-${index}`, items: [{ product_id: `p-${index % 15}`, price: 5, quantity: 1 }] }
  }))

function kindsOf(...calls: { event: string; properties: object }[][]): string[] {
  const { found, left } = classify(profileOf(calls.flat()))
  return [
    ...found.map(({ profile, kind, isSure }) => `${profile.name}: ${isSure ? '' : 'maybe '}${kind}`),
    ...left.map(({ profile }) => `${profile.name}: left out`)
  ]
}

test.each([
  ['Order Completed', 'purchase'],
  ['ORDER_COMPLETED', 'purchase'],
  ['Bestellung aufgegeben', 'purchase'],
  ['Pedido Concluído', 'purchase'],
  ['Commande validée', 'purchase'],
  ['Sipariş tamamlandı', 'purchase'],
  ['注文完了', 'purchase'],
  ['구매 완료', 'purchase'],
  ['Checkout Finished', 'purchase'],
  ['order', 'purchase']
])('"%s" is the name of a %s', (event, kind) => {
  expect(kindsOf(order(event), view('Product Clicked'))).toContain(`${event}: ${kind}`)
})

test.each([
  'Order Updated',
  'Order Refunded',
  'order_cancelled',
  'Order Shipped',
  'Checkout Started',
  'Devolución de pedido'
])('"%s" is left out, although it has what an order has', (event) => {
  const kinds = kindsOf(order(event), order('Order Completed'), view('Product Clicked'))
  expect(kinds).not.toContain(`${event}: purchase`)
})

test.each([
  ['Product Clicked', 'click'],
  ['Artikel angeklickt', 'click'],
  ['Clic en producto', 'click'],
  ['product_tile_tapped', 'click'],
  ['商品クリック', 'click'],
  ['Product Viewed', 'impression'],
  ['Produto visualizado', 'impression'],
  ['Size Selected', 'maybe click'],
  ['Product Reviews Viewed', 'maybe impression']
])('"%s" with a product is: %s', (event, kind) => {
  expect(kindsOf(view(event), order('Order Completed'))).toContain(`${event}: ${kind}`)
})

test.each(['Product Added', 'add_to_cart', 'Added to Wishlist', 'Warenkorb angesehen'])('"%s" is nothing', (event) => {
  expect(kindsOf(view(event), order('Order Completed'))).toEqual(['Order Completed: purchase'])
})

test('an event without a name that says so is an order if its products are in other events', () => {
  expect(kindsOf(order('evt_1'), view('Product Clicked'))).toContain('evt_1: purchase')
  expect(kindsOf(order('evt_1'))).toEqual(['evt_1: maybe purchase'])
})

test('an order name without lines is no order', () => {
  expect(kindsOf(times(30, () => ({ event: 'Order Completed', properties: { coupon: 'x' } })))).toEqual([])
})
