import { clicked, ordered, viewed } from '../../__tests__/shop'
import { from, findingOf } from './whole'

const HOUR = 3_600

/** Returns views that arrive this many seconds after their time. */
const views = (lags: number[], source = 'web') =>
  lags.map((lag, index) => from(source, viewed({ id: `${source}-${index}`, at: index, receivedAt: index + lag })))

const repeat = (count: number, lagOf: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => lagOf(index))

test('calls that arrive three hours after their time are reported for their source', () => {
  const finding = findingOf('clock-lag', [
    ...views(
      repeat(40, (index) => 3 * HOUR + (index % 60)),
      'server'
    ),
    ...views(repeat(200, () => 1))
  ])
  expect(finding).toMatchObject({ severity: 'loses money', count: 40, cost: null, samples: { length: 10 } })
  expect(finding?.sentence).toBe(
    '100 % of the calls "Product Viewed" of source server have a time that is too early by whole or half hours, most of them by 3 hours.'
  )
})

test('a lag that changes with daylight saving time is reported', () => {
  expect(findingOf('clock-lag', views(repeat(60, (index) => (index < 40 ? 2 : 1) * HOUR + 5)))?.count).toBe(60)
})

test.each<[string, number[]]>([
  ['at once', repeat(100, () => 2)],
  ['after any time, from an app that was offline', repeat(100, (index) => index * 217)],
  ['once an hour, in batches', repeat(100, (index) => (index * 37) % HOUR)],
  ['a day later, from a nightly export', repeat(100, (index) => 86_400 - index * 500)],
  ['after three hours in a few cases', [...repeat(70, () => 2), ...repeat(30, () => 3 * HOUR)]],
  ['after three hours, but are few', repeat(19, () => 3 * HOUR)],
  ['before their time', repeat(100, () => -3 * HOUR)]
])('calls that arrive %s are not reported', (_, lags) => {
  expect(findingOf('clock-lag', views(lags))).toBeUndefined()
})

test('orders that are late since a day are reported with it, and with the credit that they lost', () => {
  const DAY = 24 * HOUR
  const people = [0, 1, 2, 3, 4, 5]
  const day = (number: number, lag: number) => {
    const at = (person: number): number => number * DAY + person * 600
    const of = (person: number) => ({ anonymousId: `ann-${number}-${person}` })
    return [
      ...people.map((each) =>
        from('web', clicked({ at: at(each), ...of(each), properties: { resolvedBidId: 'bid' } }))
      ),
      ...people.map((each) => from('server', viewed({ at: at(each) + 20, anonymousId: 'robot' }))),
      ...people.map((each) => {
        const properties = { currency: 'MXN' }
        return from('server', ordered({ at: at(each) + 60 - lag, receivedAt: at(each) + 65, ...of(each), properties }))
      })
    ]
  }
  const finding = findingOf(
    'clock-lag',
    Array.from({ length: 12 }, (_, number) => day(number, number < 6 ? 0 : 6 * HOUR)).flat()
  )
  expect(finding).toMatchObject({ count: 36, cost: { amount: 90, currency: 'MXN', of: 'uncredited' } })
  expect(finding?.sentence).toBe(
    'Since 7 March, 100 % of the calls "Order Completed" of source server have a time that is too early by whole or half hours, most of them by 6 hours.'
  )
})
