import type { EventObservation } from '../../observation'
import { call, click, failedOrder, order, times, type CallOptions } from './calls'
import { findingOf } from './whole'

type Share = (day: number) => number

/** Returns clicks of days. `share` is that of clicks with a bid, and `size` their number. */
function clicks(days: number, share: Share, options: CallOptions = {}, size: Share = () => 40): EventObservation[] {
  return times(days, (day) => day).flatMap((day) =>
    times(size(day), (index) => {
      const hasBid = ((index * 7) % 20) / 20 < share(day)
      const ofShop = day + (options.day ?? 0)
      const user = `${options.platform ?? 'web'}-${ofShop}-${index}`
      return click({ ...options, day: ofShop, user, ...(hasBid && { bid: `bid-${user}` }) })
    })
  )
}

/** Returns an order of each of the first users who clicked on a day. */
function orders(days: number, options: CallOptions = {}, size = 10): EventObservation[] {
  return times(days, (day) => day).flatMap((day) =>
    times(size, (index) => order({ ...options, day, minute: 60, user: `${options.platform ?? 'web'}-${day}-${index}` }))
  )
}

const noise = (day: number): number => ((day * 13) % 7) / 70 - 0.05

test('a share of clicks with a bid that falls in a step is reported with the day, the shares, the version and the cost', () => {
  const calls = [
    ...clicks(20, (day) => 0.65 + noise(day)),
    ...clicks(12, () => 0.65, { platform: 'ios', version: '7.1' }),
    ...clicks(8, () => 0.05, { platform: 'ios', version: '7.2', day: 12 }),
    ...orders(20, { platform: 'ios' })
  ]
  const finding = findingOf('broken-since', calls)
  expect(finding).toMatchObject({
    severity: 'loses money',
    first: '2026-01-17T00:00:00.000Z',
    cost: { currency: 'USD', of: 'uncredited' },
    samples: [
      { measure: 'clicks with a bid', day: '2026-01-17', source: 'project-ios', platform: 'ios', version: '7.2' }
    ]
  })
})

test('a step in a small shop is found by joining its days, and has its day', () => {
  const few = (day: number): number => 6 - (day % 3)
  const calls = [
    ...clicks(30, (day) => (day < 17 ? 0.6 : 0), {}, few),
    ...clicks(30, () => 0.6, { platform: 'ios', version: '1' }, few)
  ]
  const finding = findingOf('broken-since', calls)
  expect(finding?.samples).toMatchObject([{ measure: 'clicks with a bid', day: '2026-01-22', platform: 'web' }])
})

test('clicks that end on one host of a shop are reported with the host', () => {
  const on = (host: string, observation: EventObservation): EventObservation => {
    const { event } = observation
    const context = { ...(event.context as object), page: { url: `https://${host}/p/1` } }
    return { ...observation, event: { ...event, context } }
  }
  const views = (day: number) => times(60, () => call({ day, name: 'Viewed' }))
  const calls = times(20, (day) => [
    ...views(day).map((each) => on('shop.example', each)),
    ...views(day).map((each) => on('shop.test', each)),
    ...times(20, (index) => on('shop.example', click({ day, user: `one-${day}-${index}` }))),
    ...times(day < 11 ? 20 : 2, (index) => on('shop.test', click({ day, user: `two-${day}-${index}` })))
  ]).flat()
  const finding = findingOf('broken-since', calls)
  expect(finding?.samples).toMatchObject([{ measure: 'clicks a day', day: '2026-01-16', version: 'shop.test' }])
  expect(finding?.sentence).toBe('Since 16 January, there are 2 clicks a day (20 before). Only web shop.test.')
})

test('the whole shop is meant if there is no other source', () => {
  const calls = [...clicks(20, (day) => (day < 12 ? 0.65 : 0.05)), ...orders(20)]
  expect(findingOf('broken-since', calls)?.sentence).toMatch(
    /^Since 17 January, 5\.0 % of clicks have a bid \(65\.0 % before\)\. Orders worth [\d.,]+ USD lost their credit\.$/
  )
})

test('a version that was good before is compared with itself', () => {
  const old = clicks(20, () => 0.6, { platform: 'android', version: '4' })
  const broken = clicks(20, (day) => (day < 9 ? 0.6 : 0), { platform: 'android', version: '5' })
  const finding = findingOf('broken-since', [...old, ...broken])
  expect(finding?.samples).toMatchObject([{ version: '5', day: '2026-01-14' }])
  expect(finding?.sentence).toContain('Only android 5.')
})

test.each<[string, () => EventObservation[]]>([
  ['weekends', () => clicks(28, (day) => (day % 7 > 4 ? 0.2 : 0.65))],
  ['a weekend at the end', () => clicks(14, (day) => (day % 7 > 3 ? 0.2 : 0.65))],
  [
    'a campaign that ends',
    () =>
      clicks(
        28,
        (day) => (day > 9 && day < 15 ? 0.2 : 0.65),
        {},
        (day) => (day > 9 && day < 15 ? 120 : 40)
      )
  ],
  [
    'growth',
    () =>
      clicks(
        25,
        (day) => 0.6 + noise(day),
        {},
        (day) => 20 + day * 6
      )
  ],
  ['a share that changes slowly', () => clicks(25, (day) => 0.9 - day * 0.03)],
  [
    'a small shop',
    () =>
      clicks(
        25,
        (day) => (day < 12 ? 0.65 : 0.1),
        {},
        () => 2
      )
  ],
  ['two days after', () => clicks(20, (day) => (day < 18 ? 0.65 : 0.05))],
  [
    'a source that starts without bids',
    () => [
      ...clicks(25, () => 0.65),
      ...clicks(
        10,
        () => 0,
        { platform: 'ios', version: '1', day: 15 },
        () => 90
      )
    ]
  ],
  [
    'a source that ends',
    () => [
      ...clicks(25, () => 0.3),
      ...clicks(
        10,
        () => 0.9,
        { platform: 'ios', version: '1' },
        () => 90
      )
    ]
  ],
  ['a share that rises', () => clicks(25, (day) => (day < 12 ? 0.1 : 0.65))]
])('%s is no step', (_, make) => {
  expect(findingOf('broken-since', make())).toBeUndefined()
})

test('order lines that lose their price are reported, and not a second time as failures', () => {
  const good = orders(20, {}, 12)
  const bad = times(8, (day) =>
    times(12, (index) =>
      failedOrder(
        { products: [{ product_id: 'p' }] },
        { code: 'order_without_prices' },
        { day: day + 20, user: `x${day}-${index}` }
      )
    )
  ).flat()
  const finding = findingOf('broken-since', [...good, ...bad])
  expect(finding).toMatchObject({
    cost: { amount: 960, currency: 'USD', of: 'not reported' },
    samples: [{ measure: 'order lines with a price', day: '2026-01-25', before: 1, after: 0 }]
  })
})

test('orders that lose the id of the clicks before them are reported with the revenue that lost its credit', () => {
  const all = clicks(20, () => 0.5)
  const known = orders(12, {}, 12)
  const strangers = times(8, (day) =>
    times(12, (index) => order({ day: day + 12, minute: 60, user: `s${day}-${index}` }))
  ).flat()
  expect(findingOf('broken-since', [...all, ...known, ...strangers])).toMatchObject({
    cost: { amount: 960, currency: 'USD', of: 'uncredited' },
    samples: [{ measure: 'orders after a click', day: '2026-01-17', after: 0 }]
  })
})

test('orders that end while other events go on are reported, unless another source has them', () => {
  const all = clicks(
    24,
    () => 0.5,
    {},
    () => 50
  )
  const ended = orders(14, {}, 25)
  expect(findingOf('broken-since', [...all, ...ended])?.samples).toMatchObject([
    { measure: 'orders a day', day: '2026-01-19', before: 25, after: 0 }
  ])
  const moved = times(10, (day) =>
    times(25, (index) => order({ day: day + 14, minute: 60, user: `web-${day + 14}-${index}`, platform: 'server' }))
  ).flat()
  expect(findingOf('broken-since', [...all, ...ended, ...moved])).toBeUndefined()
})

test('times far outside the calendar do not matter', () => {
  const odd = click()
  odd.event.timestamp = odd.event.receivedAt = '+200000-01-01T00:00:00.000Z'
  expect(findingOf('broken-since', [odd, call()])).toBeUndefined()
})
