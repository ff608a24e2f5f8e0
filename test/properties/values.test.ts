/** Tests how any single values are corrected. */
import * as fc from 'fast-check'
import { toDeviceType } from '../../src/destinations/topsort/device'
import { toEntity, toObject, toPlacement } from '../../src/destinations/topsort/interaction'
import { toPage } from '../../src/destinations/topsort/page'
import { toPrice, toQuantity } from '../../src/destinations/topsort/purchase/amount'
import { toCount, toText } from '../../src/destinations/topsort/text'
import { toTimestamp } from '../../src/destinations/topsort/time'
import { anyJson, partial } from '../support/any-json'
import { PATIENCE, runs } from '../support/runs'

jest.setTimeout(PATIENCE)

describe.each([
  ['price', (value: unknown) => toPrice(value)],
  ['quantity', toQuantity]
])('a %s', (_, read) => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0))

  test('reads any number, and any number that JavaScript has written as text', () => {
    fc.assert(
      fc.property(finite, (number) => {
        expect([read(number), read(String(number))]).toEqual([number, number])
      }),
      runs()
    )
  })

  test('is a finite number or undefined for any JSON', () => {
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
])('a price in the format of %s', (locale, currency) => {
  const cents = fc.integer({ min: 1, max: 10 ** 12 })

  test.each([
    { style: 'currency', currency },
    { style: 'currency', currency, currencyDisplay: 'code' },
    { style: 'decimal', minimumFractionDigits: 2 }
  ] as const)('is read exactly with two decimals: %j', (options) => {
    const format = new Intl.NumberFormat(locale, options)
    fc.assert(
      fc.property(cents, (cents) => {
        expect(toPrice(format.format(cents / 100))).toBe(cents / 100)
      }),
      runs()
    )
  })

  test('is read exactly without decimals if the currency is known', () => {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 })
    fc.assert(
      fc.property(cents, (cost) => {
        expect(toPrice(format.format(cost), currency)).toBe(cost)
      }),
      runs()
    )
  })

  test('is read exactly or not at all without decimals if the currency is not known', () => {
    const format = new Intl.NumberFormat(locale, { style: 'decimal', maximumFractionDigits: 0 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 12 }), (cost) => {
        expect([cost, undefined]).toContain(toPrice(`$${format.format(cost)}`))
      }),
      runs()
    )
  })
})

describe('toTimestamp', () => {
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

  test('returns RFC 3339 in UTC, not later than now, or undefined', () => {
    fc.assert(
      fc.property(anyTime, instant, (value, now) => {
        const time = toTimestamp(toText(value) ?? '', now)
        if (time === undefined) return
        expect(time).toMatch(RFC_3339)
        expect(Date.parse(time)).toBeLessThanOrEqual(now)
      }),
      runs()
    )
  })

  test('does not change a time that it has returned', () => {
    fc.assert(
      fc.property(anyTime, instant, (value, now) => {
        const time = toTimestamp(toText(value) ?? '', now)
        expect(toTimestamp(time ?? '', now)).toBe(time)
      }),
      runs()
    )
  })

  test.each([
    ['ISO 8601', (time: number) => new Date(time).toISOString()],
    ['milliseconds since 1970', (time: number) => time],
    ['milliseconds since 1970, as text', String],
    ['seconds since 1970', (time: number) => time / 1000]
  ])('returns the same instant for %s', (_, write) => {
    // Milliseconds before March 1973 are read as seconds.
    const since1973 = fc.integer({ min: 1e11, max: Date.parse('2100-01-01') })
    fc.assert(
      fc.property(since1973, (time) => {
        expect(Date.parse(toTimestamp(String(write(time)), time) ?? '')).toBe(time)
      }),
      runs()
    )
  })
})

describe('a corrected value is not changed again', () => {
  const objects = partial({
    path: anyJson,
    position: anyJson,
    pageId: anyJson,
    type: anyJson,
    id: anyJson,
    clickType: anyJson
  })

  test.each<[string, (value: never) => unknown]>([
    ['toText', toText],
    ['toCount', toCount],
    ['toDeviceType', toDeviceType],
    ['toEntity', toEntity],
    ['toObject', toObject],
    ['toPlacement', toPlacement],
    ['toPage', toPage]
  ])('%s', (_, read) => {
    const readAny = read as (value: unknown) => unknown
    fc.assert(
      fc.property(fc.oneof(anyJson, objects), (value) => {
        const once = readAny(value)
        expect(readAny(once)).toEqual(once)
      }),
      runs()
    )
  })
})
