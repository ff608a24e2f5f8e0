import { clicked, ordered } from '../../__tests__/shop'
import type { EventObservation } from '../..'
import { findingOf } from './whole'

const MINUTE = 60
const DAY = 24 * 60 * MINUTE

type Device = { ip?: string; userAgent?: string; device?: { id: string } }

function on(device: Device, observation: EventObservation): EventObservation {
  return { ...observation, event: { ...observation.event, context: device } }
}

const laptop = (number: number): Device => ({ ip: `198.51.100.${number}`, userAgent: 'Chrome/137 Windows' })

const phone = (number: number): Device => ({ device: { id: `phone-${number}` } })

const click = (device: Device, user: string, at: number, product = 'yogurt') =>
  on(
    device,
    clicked({
      id: `click-${user}-${at}`,
      at,
      anonymousId: user,
      properties: { product_id: product, resolvedBidId: 'b1' }
    })
  )

const order = (device: Device, user: string, at: number, properties: Record<string, unknown> = {}) =>
  on(device, ordered({ id: `order-${user}`, at, anonymousId: user, properties: { currency: 'EUR', ...properties } }))

/** Makes the same visit on several devices, each at another time. */
const visits = (count: number, visit: (number: number, at: number) => EventObservation[]) =>
  Array.from({ length: count }, (_, number) => visit(number, number * 3 * MINUTE)).flat()

const find = (observations: EventObservation[]) => findingOf('resetting-user-id', observations)

test.each([
  ['an address and a browser', laptop],
  ['the id of a device', phone]
])('orders with another id than the start of their visit are reported, by %s', (_, deviceOf) => {
  const broken = visits(30, (number, at) => [
    click(deviceOf(number), `shop-${number}`, at),
    order(deviceOf(number), `checkout-${number}`, at + MINUTE)
  ])
  expect(find(broken)).toMatchObject({
    severity: 'loses money',
    count: 30,
    cost: { amount: 75, currency: 'EUR', of: 'uncredited' },
    samples: expect.arrayContaining([
      { messageId: 'order-checkout-29', user: 'checkout-29', otherUser: 'shop-29' }
    ]) as unknown
  })
})

test('an order of a product that was not clicked before has lost no credit', () => {
  const broken = visits(30, (number, at) => [
    click(laptop(number), `shop-${number}`, at, 'p9'),
    order(laptop(number), `checkout-${number}`, at + MINUTE)
  ])
  expect(find(broken)).toMatchObject({ count: 30, cost: null })
})

test('a checkout with other ids is found among many visits without an order', () => {
  const broken = visits(200, (number, at) => [
    click(laptop(number), `shop-${number}`, at),
    click(laptop(number), `shop-${number}`, at + MINUTE),
    ...(number < 12 ? [order(laptop(number), `checkout-${number}`, at + 2 * MINUTE)] : [])
  ])
  expect(find(broken)?.sentence).toBe('100.0 % of orders have another user id than the start of their visit.')
})

test('a checkout with other ids is found if visitors come back', () => {
  const broken = visits(30, (number, at) =>
    [0, DAY].flatMap((day) => [
      click(laptop(number), `shop-${number}`, at + day),
      on(laptop(number), ordered({ at: at + day + MINUTE, anonymousId: `checkout-${number}` }))
    ])
  )
  expect(find(broken)?.count).toBe(30)
})

describe('visits are not reported', () => {
  test('if the id stays', () => {
    const sound = visits(50, (number, at) => [
      click(laptop(number), `shop-${number}`, at),
      order(laptop(number), `shop-${number}`, at + MINUTE)
    ])
    expect(find(sound)).toBeUndefined()
  })

  test('if only the opaqueUserId changes, which another check compares by the anonymous id', () => {
    const sound = visits(50, (number, at) => [
      click(laptop(number), `shop-${number}`, at),
      order(laptop(number), `shop-${number}`, at + MINUTE, { opaqueUserId: `account-${number}` })
    ])
    expect(find(sound)).toBeUndefined()
  })

  test('if the next visitor of an address comes later', () => {
    const sound = visits(50, (number, at) => [
      click(laptop(number), `one-${number}`, at),
      click(laptop(number), `two-${number}`, at + 20 * MINUTE)
    ])
    expect(find(sound)).toBeUndefined()
  })

  test('if many people come and go behind the same addresses', () => {
    const office = Array.from({ length: 400 }, (_, number) => {
      const at = number * 20
      return [0, 40, 90].map((seconds) => click(laptop(number % 40), `person-${number}`, at * 10 + seconds))
    }).flat()
    const together = Array.from({ length: 40 }, (_, number) => [
      click(laptop(number), `early-${number}`, number * 200 + 10),
      click(laptop(number), `early-${number}`, number * 200 + 80)
    ]).flat()
    expect(find([...office, ...together])).toBeUndefined()
  })

  test('if an address has so many people that it stands for none', () => {
    const crowd = visits(30, (number, at) =>
      Array.from({ length: 30 }, (_, person) => click(laptop(number), `p-${number}-${person}`, at + person * MINUTE))
    )
    expect(find(crowd)).toBeUndefined()
  })

  test('if they are few', () => {
    const few = visits(9, (number, at) => [
      click(laptop(number), `shop-${number}`, at),
      order(laptop(number), `checkout-${number}`, at + MINUTE)
    ])
    expect(find(few)).toBeUndefined()
  })

  test('if most devices keep their id', () => {
    const broken = visits(25, (number, at) => [
      click(laptop(number), `one-${number}`, at),
      click(laptop(number), `two-${number}`, at + MINUTE)
    ])
    const sound = visits(100, (number, at) => [
      click(phone(number), `shop-${number}`, at),
      click(phone(number), `shop-${number}`, at + MINUTE)
    ])
    expect(find([...broken, ...sound])).toBeUndefined()
  })

  test('if the calls name no device', () => {
    const server = visits(50, (number, at) => [click({}, `one-${number}`, at), order({}, `two-${number}`, at + MINUTE)])
    expect(find(server)).toBeUndefined()
  })
})
