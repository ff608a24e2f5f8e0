import type { EventObservation } from '../..'
import { ordered } from '../../__tests__/shop'
import { from, findingOf } from './whole'

const find = (observations: readonly EventObservation[]) => findingOf('order-total-mismatch', observations)

type Line = { product_id: string; price: number; quantity?: number }

/** Returns orders of one to three items. The functions make the lines and the properties of an order of `cents`. */
function orders(
  number: number,
  toLines: (price: number, quantity: number) => Line[],
  toProperties: (total: number, index: number) => Record<string, unknown>
): EventObservation[] {
  return Array.from({ length: number }, (_, index) => {
    const price = (799 + 137 * index) / 100
    const quantity = 1 + (index % 3)
    const total = Math.round(price * quantity * 100) / 100
    const properties = { currency: 'EUR', ...toProperties(total, index) } as never
    const orderId = `o-${index}`
    return from('web', ordered({ id: `m-${index}`, at: index, orderId, lines: toLines(price, quantity), properties }))
  })
}

const line = (price: number, quantity: number): Line[] => [{ product_id: 'p', price, quantity }]
const lineTotal = (price: number, quantity: number) => line(Math.round(price * quantity * 100) / 100, quantity)

test('prices that are the totals of their lines are reported, with the difference as the cost and the newest orders', () => {
  const finding = find(orders(60, lineTotal, (total) => ({ total: total + 6.4, shipping: '6.40' })))
  expect(finding).toMatchObject({
    severity: 'loses money',
    count: 40,
    cost: { currency: 'EUR', of: 'reported wrongly' }
  })
  expect(finding?.sentence).toMatch(
    /^67 % of the orders of source web report 2\.\d+ times their own total: the price is the total of the line\.$/
  )
  expect(finding?.samples.at(-1)).toEqual({ messageId: 'm-59', user: 'anna', order: 'o-59' })
  expect(finding?.samples).toHaveLength(10)
})

test('a version of an app that has all mismatches is named, with the first day', () => {
  const inVersion = (version: string, made: EventObservation[]) =>
    made.map(({ event, ...rest }): EventObservation => {
      const context = { app: { version }, os: { name: 'iOS' }, device: {} } as never
      return { ...rest, event: { ...event, messageId: `${version} ${event.messageId}`, context } }
    })
  const right = orders(60, line, (total) => ({ total }))
  const wrong = orders(30, lineTotal, (total) => ({ total }))
  const finding = find([...inVersion('4.1', right), ...inVersion('4.2', wrong)])
  expect(finding?.count).toBe(20)
  expect(finding?.sentence).toMatch(/^Since 1 March, 67 % of the orders of ios 4\.2 report 2\.\d+ times/)
})

test('a price that is the total of its line is reported if most orders have single items', () => {
  const single = orders(
    200,
    (price) => line(price, 1),
    (total, index) => ({ revenue: total / (1 + (index % 3)) })
  )
  expect(find([...single, ...orders(30, lineTotal, (total) => ({ revenue: total }))])?.count).toBe(20)
})

test.each<[string, (price: number, quantity: number) => Line[], RegExp]>([
  ['in cents', (price, quantity) => line(Math.round(price * 100), quantity), /100 times .* the price is in cents\.$/],
  [
    'without their thousands',
    (price, quantity) => line(price / 1000, quantity),
    /0\.001 times .* has lost its thousands/
  ],
  ['without a quantity', (price) => [{ product_id: 'p', price }], /0\.\d+ times .* no line has a quantity\.$/],
  ['before a discount of 40 %', (price, quantity) => line(price / 0.6, quantity), /1\.67 times .* before a discount/]
])('prices %s are reported', (_, toLines, sentence) => {
  expect(find(orders(40, toLines, (total) => ({ total })))?.sentence).toMatch(sentence)
})

test('each source has its own share, so that a wrong source is found among others', () => {
  const right = orders(300, line, (total) => ({ total })).map((order) => from('ios', order))
  expect(find([...right, ...orders(40, lineTotal, (total) => ({ total }))])?.sentence).toContain('source web')
})

test.each<[string, (total: number, index: number) => Record<string, unknown>]>([
  ['no total', () => ({})],
  ['the same total', (total) => ({ total })],
  ['the total as text of a country', (total) => ({ total: `${total.toFixed(2).replace('.', ',')} €` })],
  ['shipping and taxes in the total', (total) => ({ total: total * 1.07 + 5, shipping: 5, tax: total * 0.07 })],
  ['taxes in the lines only', (total) => ({ subtotal: total / 1.19, tax: total - total / 1.19 })],
  ['taxes that no property names', (total) => ({ total: total / 1.19 })],
  ['a discount', (total) => ({ total: total * 0.6, discount: total * 0.4 })],
  ['a negative discount', (total) => ({ total: total - 3, discount: -3 })],
  [
    'vouchers that no property names, of different amounts',
    (total, index) => ({ total: total * (0.3 + index * 0.006) })
  ],
  ['shipping that no property names', (total) => ({ total: total + 4.9 })],
  ['a cent of rounding', (total) => ({ total: total + 0.01 })],
  ['a revenue that fits and a value of something else', (total) => ({ revenue: total, value: 1 })],
  ['a total of 0, paid with a gift card', () => ({ total: 0 })]
])('orders with %s are not reported', (_, toProperties) => {
  expect(find(orders(100, line, toProperties))).toBeUndefined()
})

test('a total such as 45.900 in a currency without decimals is not reported', () => {
  const pesos = (price: number, quantity: number) => line(Math.round(price * 1000), quantity)
  const text = orders(40, pesos, (total) => ({ currency: 'COP', total: total.toFixed(3) }))
  const number = orders(40, pesos, (total) => ({ currency: 'COP', total }))
  expect(find([...text, ...number])).toBeUndefined()
})

test('nine orders, or few of many, are not reported', () => {
  expect(find(orders(13, lineTotal, (total) => ({ total })))).toBeUndefined()
  const right = orders(300, line, (total) => ({ total }))
  expect(find([...right, ...orders(30, lineTotal, (total) => ({ total }))])).toBeUndefined()
})

test('one product at one price with unnamed shipping is not reported', () => {
  const same = Array.from({ length: 50 }, () =>
    ordered({ lines: [{ product_id: 'p', price: 10, quantity: 1 }], properties: { total: 14.9 } })
  )
  expect(find(same)).toBeUndefined()
})

test('orders whose lines were not all sent are not reported', () => {
  const reason = { code: 'lines_left_out', of: 2, problems: [{ code: 'line_without_price', lines: [2] }] }
  const cut = orders(40, line, (total) => ({ total: total * 3 })).map((order) => ({
    ...order,
    deliveries: order.deliveries.map((delivery) => ({ ...delivery, reason }))
  }))
  expect(find(cut)).toBeUndefined()
})

test('a gift or a discount among the lines does not hide prices that are the totals of their lines', () => {
  const withOthers = (toLines: typeof line) => (price: number, quantity: number) => [
    ...toLines(price, quantity),
    { product_id: 'gift', price: 0, quantity: 1 },
    { product_id: 'voucher', price: -2, quantity: 1 }
  ]
  const left = { code: 'lines_left_out', of: 3, problems: [{ code: 'line_price_not_positive', lines: [2, 3] }] }
  const cut = (order: EventObservation): EventObservation => ({
    ...order,
    deliveries: order.deliveries.map((delivery) => ({ ...delivery, reason: left }))
  })
  expect(find(orders(60, withOthers(lineTotal), (total) => ({ total: total - 2 })).map(cut))?.count).toBe(40)
  expect(find(orders(60, withOthers(line), (total) => ({ total: total - 2 })).map(cut))).toBeUndefined()
})
