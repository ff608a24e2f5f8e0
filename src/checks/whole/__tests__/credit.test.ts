import type { EventObservation } from '../..'
import { click, order, times } from './calls'
import { findingOf } from './whole'

/** Returns clicks on ads. */
const ads = (count: number, prefix = 'u', product = 'p') =>
  times(count, (index) => click({ user: `${prefix}${index}`, product: `${product}-${index}`, bid: `b${index}` }))

describe('nothing-credited', () => {
  const strangers = times(60, (index) => order({ user: `s${index}`, product: `p-${index}`, minute: 60 }))

  test('orders of users who never clicked are reported with their revenue', () => {
    const finding = findingOf('nothing-credited', [...ads(60), ...strangers])
    expect(finding).toMatchObject({ count: 60, cost: { amount: 600, currency: 'USD', of: 'uncredited' } })
    expect(finding?.sentence).toMatch(
      /^None of 60 orders worth 600\.00 USD is credited .* 60 clicks on ads\. .*user ids/
    )
  })

  test('one credited line shows that the ids match', () => {
    const one = order({ user: 'u1', product: 'p-1', minute: 60 })
    expect(findingOf('nothing-credited', [...ads(60), ...strangers, one])).toBeUndefined()
  })

  test('few clicks on ads are not reported if users order what they clicked without a bid', () => {
    const organic = times(900, (index) => click({ user: `s${index}`, product: `p-${index}` }))
    expect(findingOf('nothing-credited', [...ads(60), ...organic, ...strangers])).toBeUndefined()
    expect(findingOf('nothing-credited', [...ads(160), ...organic, ...strangers])).toBeDefined()
  })

  test('few clicks or few orders show nothing', () => {
    expect(findingOf('nothing-credited', [...ads(49), ...strangers])).toBeUndefined()
    expect(findingOf('nothing-credited', [...ads(60), ...strangers.slice(0, 49)])).toBeUndefined()
  })
})

describe('id-space-mismatch', () => {
  const shown = times(60, (index) => click({ user: `u${index}`, product: `p${index}`, bid: `b${index}` }))

  test('ids of variants are reported with the cut that makes them meet, and the revenue that it would give', () => {
    const ordered = times(40, (index) => order({ user: `u${index}`, product: `p${index}-red`, minute: 60 }))
    const finding = findingOf('id-space-mismatch', [...shown, ...ordered])
    expect(finding).toMatchObject({ count: 40, cost: { amount: 400, currency: 'USD', of: 'uncredited' } })
    expect(finding?.sentence).toContain('cut the ids of ordered products before the first "-"')
  })

  test('another property of the line that has the ids of the clicks is named', () => {
    const ordered = times(40, (index) =>
      order({ user: `u${index}`, product: `${9_000 + index}`, line: { sku: `p${index}` }, minute: 60 })
    )
    expect(findingOf('id-space-mismatch', [...shown, ...ordered])?.sentence).toContain('use the property sku')
  })

  test('clicks on variants are reported with the cut of the clicked ids', () => {
    const variants = times(60, (index) => click({ user: `u${index}`, product: `p${index}_red`, bid: `b${index}` }))
    const ordered = times(40, (index) => order({ user: `u${index}`, product: `p${index}`, minute: 60 }))
    expect(findingOf('id-space-mismatch', [...variants, ...ordered])).toMatchObject({
      cost: { amount: 400 },
      sentence: expect.stringContaining('cut the ids of clicked products before the first "_"') as string
    })
  })

  test('a version of an app with other ids is named among many orders whose ids meet', () => {
    const right = times(80, (index) => order({ user: `u${index}`, product: `p${index % 60}`, minute: 60 }))
    const app = { platform: 'ios', version: '6.3', minute: 60 } as const
    const wrong = times(12, (index) => order({ ...app, user: `u${index}`, product: `p${index}-38-NAV` }))
    const finding = findingOf('id-space-mismatch', [...shown, ...right, ...wrong])
    expect(finding).toMatchObject({ count: 12, cost: { amount: 120, currency: 'USD', of: 'uncredited' } })
    expect(finding?.sentence).toMatch(/^0\.0 % of the product ids of 12 orders of ios 6\.3 are .* before the first "-"/)
  })

  test.each<[string, (index: number) => Parameters<typeof order>[0]]>([
    ['other products', (index) => ({ product: `q${index}` })],
    ['ids that all become one id', (index) => ({ product: `p1-${index}` })],
    ['numbers that are no ids', (index) => ({ product: `q${index}`, line: { position: `p${index}` } })],
    ['the same ids', (index) => ({ product: `p${index}`, line: { sku: `x${index}` } })]
  ])('orders of %s are not reported', (_, make) => {
    const ordered = times(40, (index) => order({ user: `u${index}`, minute: 60, ...make(index) }))
    expect(findingOf('id-space-mismatch', [...shown, ...ordered])).toBeUndefined()
  })
})

describe('click-concentration', () => {
  const others = times(300, (index) => click({ user: `u${index}`, bid: `b${index}` }))
  const robot = (pause: (index: number) => number) => {
    let minute = 0
    return times(240, (index) => {
      minute += pause(index)
      return click({ user: 'robot', bid: `r${index}`, minute })
    })
  }

  test('a visitor who clicks on ads for hours at a regular pace and orders nothing is reported', () => {
    expect(findingOf('click-concentration', [...others, ...robot(() => 1)])).toMatchObject({
      count: 240,
      severity: 'worth a look',
      samples: [{ user: 'robot' }]
    })
  })

  test('a device with a new user id on each page is one visitor', () => {
    const onDevice = (observation: EventObservation): EventObservation => ({
      ...observation,
      event: { ...observation.event, context: { ip: '198.51.100.7', userAgent: 'Robot/1' } }
    })
    const pages = times(80, (page) =>
      [0, 0.1, 0.2].map((later) => onDevice(click({ user: `new-${page}`, bid: `r${page}`, minute: page * 70 + later })))
    ).flat()
    const finding = findingOf('click-concentration', [...others, ...pages])
    expect(finding?.count).toBe(240)
    expect(finding?.sentence).toMatch(/^Since 5 January, 1 visitor made 240 clicks on ads/)
  })

  test.each([
    ['orders now and then', [...robot(() => 1), order({ user: 'robot', minute: 300 })]],
    ['pauses and goes on', robot((index) => (index % 8 === 0 ? 20 : 0.2))],
    ['clicks for an hour', robot(() => 0.2)]
  ])('a visitor who %s is not reported', (_, calls) => {
    expect(findingOf('click-concentration', [...others, ...calls])).toBeUndefined()
  })
})
