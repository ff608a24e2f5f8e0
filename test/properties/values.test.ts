/** How single values are put right, whatever they are. */
import * as fc from 'fast-check'
import { price, quantity } from '../../src/destinations/topsort/amount'
import * as normalize from '../../src/destinations/topsort/normalize'
import { anyJson, partial } from '../support/any-json'
import { PATIENCE, runs } from '../support/runs'

jest.setTimeout(PATIENCE)

describe.each([
  ['price', price],
  ['quantity', quantity]
])('a %s', (_, read) => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0))

  test('is the number that JavaScript writes', () => {
    fc.assert(
      fc.property(finite, (number) => {
        expect([read(number), read(String(number))]).toEqual([number, number])
      }),
      runs()
    )
  })

  test('is finite or absent, for any JSON', () => {
    fc.assert(
      fc.property(anyJson, (json) => {
        expect(Number.isFinite(read(json) ?? 0)).toBe(true)
      }),
      runs()
    )
  })
})

describe.each([
  ['en-US', 'USD'],
  ['de-DE', 'EUR'],
  ['fr-FR', 'EUR'],
  ['de-CH', 'CHF'],
  ['en-IN', 'INR'],
  ['pt-BR', 'BRL']
])('a price as it is written in %s', (locale, currency) => {
  const cents = fc.integer({ min: 1, max: 10 ** 12 })

  test.each([
    { style: 'currency', currency },
    { style: 'currency', currency, currencyDisplay: 'code' },
    { style: 'decimal', minimumFractionDigits: 2 }
  ] as const)('is itself, with two decimals: %j', (options) => {
    const format = new Intl.NumberFormat(locale, options)
    fc.assert(
      fc.property(cents, (cents) => {
        expect(price(format.format(cents / 100))).toBe(cents / 100)
      }),
      runs()
    )
  })

  test('is itself or absent, without decimals', () => {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 })
    fc.assert(
      fc.property(cents, (cost) => {
        expect([cost, undefined]).toContain(price(format.format(cost)))
      }),
      runs()
    )
  })
})

describe('timestamp', () => {
  const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

  const instant = fc
    .date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
    .map((date) => date.getTime())
  const two = (max: number) => fc.nat({ max }).map((number) => String(number).padStart(2, '0'))
  const written = fc
    .tuple(
      fc.constantFrom('2026', '1969', '0000', '9999'),
      two(13),
      two(32),
      two(25),
      two(61),
      fc.constantFrom('Z', '', '+0530', '-23:59')
    )
    .map(([year, month, day, hour, minute, zone]) => `${year}-${month}-${day}T${hour}:${minute}${zone}`)

  const anyTime = fc.oneof(anyJson, instant, instant.map(String), fc.double(), written)

  test('is RFC 3339 in UTC and not later than now, or absent', () => {
    fc.assert(
      fc.property(anyTime, instant, (value, now) => {
        const time = normalize.timestamp(value, now)
        if (time === undefined) return
        expect(time).toMatch(RFC_3339)
        expect(Date.parse(time)).toBeLessThanOrEqual(now)
      }),
      runs()
    )
  })

  test('keeps what it has made', () => {
    fc.assert(
      fc.property(anyTime, instant, (value, now) => {
        const time = normalize.timestamp(value, now)
        expect(normalize.timestamp(time, now)).toBe(time)
      }),
      runs()
    )
  })

  test.each([
    ['ISO 8601', (time: number) => new Date(time).toISOString()],
    ['milliseconds since 1970', (time: number) => time],
    ['milliseconds since 1970, as text', String],
    ['seconds since 1970', (time: number) => time / 1000]
  ])('is the same instant: %s', (_, write) => {
    // Milliseconds before March 1973 are read as seconds.
    const since1973 = fc.integer({ min: 1e11, max: Date.parse('2100-01-01') })
    fc.assert(
      fc.property(since1973, (time) => {
        expect(Date.parse(normalize.timestamp(write(time), time) ?? '')).toBe(time)
      }),
      runs()
    )
  })
})

describe('what is put right once stays as it is', () => {
  /** JSON text is the exception: it is read once, and what is in it may look like JSON text again. */
  const plain = fc.oneof(anyJson, fc.constant('/a')).filter((json) => !JSON.stringify(json).includes('["'))
  const objects = partial({
    path: plain,
    position: anyJson,
    pageId: plain,
    type: anyJson,
    id: anyJson,
    clickType: anyJson
  })

  test.each<[string, (value: never) => unknown]>([
    ['text', normalize.text],
    ['count', normalize.count],
    ['clickType', normalize.clickType],
    ['channel', normalize.channel],
    ['deviceType', normalize.deviceType],
    ['entity', normalize.entity],
    ['interactionObject', normalize.interactionObject],
    ['placement', normalize.placement],
    ['page', normalize.page]
  ])('%s', (_, normalizer) => {
    const normalized = normalizer as (value: unknown) => unknown
    fc.assert(
      fc.property(fc.oneof(anyJson, objects), (value) => {
        const once = normalized(value)
        expect(normalized(once)).toEqual(once)
      }),
      runs()
    )
  })
})
