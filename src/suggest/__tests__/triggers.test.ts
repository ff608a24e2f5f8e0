import type { SegmentEvent } from '@segment/actions-core'
import { filterOf } from '../../pipeline'
import { findExceptions, toTrigger, whyNone } from '../triggers'
import { profileOf, times } from './profiles'

const takes = (subscribe: string, event: object): boolean =>
  filterOf({ name: '', partnerAction: '', mapping: {}, enabled: true, subscribe })(event as SegmentEvent)

test.each(['Order Completed', 'vtex:orderPlaced', 'orders/create', '注文 完了', "l'achat", 'a*b'])(
  'a trigger takes events of the name %s',
  (event) => {
    const trigger = toTrigger([event], []) ?? ''
    expect(takes(trigger, { type: 'track', event })).toBe(true)
    expect(takes(trigger, { type: 'track', event: 'Other' })).toBe(false)
  }
)

test('a name with a quote has no trigger', () => {
  expect(toTrigger(['a "b"'], [])).toBeUndefined()
})

test('several names and exceptions are one trigger', () => {
  const exception = { keys: ['properties', 'sales channel'], value: 'pos', count: 1, why: '' }
  const trigger = toTrigger(['b', 'a'], [exception])
  expect(trigger).toBe('type = "track" and (event = "a" or event = "b") and properties.sales\\ channel != "pos"')
  expect(takes(trigger ?? '', { type: 'track', event: 'a', properties: {} })).toBe(true)
  expect(takes(trigger ?? '', { type: 'track', event: 'a', properties: { 'sales channel': 'pos' } })).toBe(false)
})

const ordersWith = (toProperties: (index: number) => object) =>
  profileOf(times(20, (index) => ({ event: 'Order Completed', properties: toProperties(index) }))).names[0]

test.each([
  ['channel', 'pos', 'of the point of sale'],
  ['source_name', 'POS', 'of the point of sale'],
  ['status', 'cancelled', 'cancelled, refunded or not placed'],
  ['financial_status', 'refunded', 'cancelled, refunded or not placed']
])('orders whose %s is "%s" are %s', (key, value, why) => {
  const some = ordersWith((index) => ({ [key]: index % 2 === 0 ? value : 'web' }))
  expect(findExceptions(some)).toEqual([{ keys: ['properties', key], value, count: 10, why }])
  expect(whyNone(some)).toBeUndefined()
  const all = ordersWith(() => ({ [key]: value }))
  expect(findExceptions(all)).toEqual([])
  expect(whyNone(all)).toBe(`All of these orders are ${why}, by ${key}.`)
})

test('other properties and values make no exception', () => {
  expect(findExceptions(ordersWith((index) => ({ status: 'paid', coupon: index % 2 === 0 ? 'pos' : 'x' })))).toEqual([])
})
