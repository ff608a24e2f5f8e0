/** Tests how any single values are corrected. */
import * as fc from 'fast-check'
import { toDeviceType } from '../../src/destinations/topsort/device'
import { toBid, toUser } from '../../src/destinations/topsort/facts'
import { toEntity, toObject, toPlacement } from '../../src/destinations/topsort/interaction'
import { toPage } from '../../src/destinations/topsort/page'
import { toPrice, toQuantity } from '../../src/destinations/topsort/purchase/amount'
import { toLine } from '../../src/destinations/topsort/purchase/order-lines'
import { toCount, toOptionalId, toText } from '../../src/destinations/topsort/text'
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

  test('a number that is read from any JSON is finite, undefined or ambiguous', () => {
    fc.assert(
      fc.property(anyJson, (json) => {
        const amount = read(json) ?? 'ambiguous'
        expect(amount === 'ambiguous' || Number.isFinite(amount)).toBe(true)
      }),
      runs()
    )
  })
})

describe('a price in a currency without decimals', () => {
  const currency = fc.constantFrom('JPY', 'clp', 'KRW', 'COP', 'IDR')
  const thousandths = fc.oneof(fc.integer({ max: 10 ** 6 }), fc.integer()).map((number) => number / 1000)
  const finite = fc.oneof(thousandths, fc.double({ noNaN: true, noDefaultInfinity: true }))

  test('a price in a currency without decimals is the number that it was in JSON, or ambiguous', () => {
    fc.assert(
      fc.property(finite, currency, (number, currency) => {
        expect([Number(String(number)), 'ambiguous']).toContain(toPrice(String(number), currency))
      }),
      runs()
    )
  })

  test('a price in a currency without decimals is read exactly or not at all in groups of three', () => {
    const format = new Intl.NumberFormat('de-DE', { style: 'decimal', maximumFractionDigits: 0 })
    fc.assert(
      fc.property(fc.oneof(fc.nat(10 ** 6), fc.nat()), currency, (cost, currency) => {
        const price = toPrice(format.format(cost), currency)
        expect([cost, 'ambiguous']).toContain(price)
        if (cost % 10 === 0) expect(price).toBe(cost)
      }),
      runs()
    )
  })
})

describe('the total of a line', () => {
  const options = { skipsUnpriced: true }
  const cents = fc.integer({ min: 1, max: 10 ** 9 })

  test('the total of a line is the unit price times the quantity, also if the quantity is a fraction', () => {
    const quantity = fc.oneof(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 10 ** 6 })).map(String)
    const fraction = fc.integer({ min: 1, max: 10_000 }).map((number) => String(number / 100))
    fc.assert(
      fc.property(cents, fc.oneof(quantity, fraction), (cents, quantity) => {
        const line = toLine({ productId: 'p', quantity, lineTotal: String(cents / 100) }, options)
        if (!line.ok) throw new Error(line.code)
        const { unitPrice = 0, quantity: count = 0 } = line.item
        expect(count).toBe(Number.isInteger(Number(quantity)) ? Number(quantity) : 1)
        expect(Math.abs((unitPrice * count * 100) / cents - 1)).toBeLessThan(1e-11)
      }),
      runs()
    )
  })

  test('wins over the unit price, and is the same for one item', () => {
    fc.assert(
      fc.property(cents, cents, (total, price) => {
        const line = { productId: 'p', lineTotal: String(total / 100), unitPrice: String(price / 100) }
        expect(toLine(line, options)).toMatchObject({ ok: true, item: { unitPrice: total / 100, quantity: 1 } })
      }),
      runs()
    )
  })
})

describe('a text that means nothing', () => {
  const words = fc.constantFrom('undefined', 'null', 'NaN', '[object Object]')
  const cased = fc
    .tuple(words, fc.infiniteStream(fc.boolean()))
    .map(([word, isUpper]) =>
      word.toLowerCase().replace(/[a-z]/g, (letter) => (isUpper.next().value ? letter.toUpperCase() : letter))
    )
  const padding = fc.stringMatching(/^[ \t\n]{0,3}$/)
  const meaningless = fc.tuple(padding, cased, padding).map((parts) => parts.join(''))

  test('a text that means nothing is no bid, no optional id and no user', () => {
    fc.assert(
      fc.property(meaningless, (text) => {
        expect([toBid(text), toOptionalId(text), toUser(text)]).toEqual([undefined, undefined, undefined])
      }),
      runs()
    )
  })

  test('a text that means nothing is only the whole text', () => {
    const rest = fc.stringMatching(/^[a-z0-9]{1,3}$/)
    fc.assert(
      fc.property(cased, rest, (text, rest) => {
        const id = text + rest
        expect([toOptionalId(id), toUser(id)]).toEqual([id, id])
      }),
      runs()
    )
  })
})

test('a bid with white space or a percent sign inside is never sent', () => {
  const inner = fc.stringMatching(/^[A-Za-z0-9+/=]{1,8}$/)
  const mark = fc.constantFrom(' ', '\t', '\n', '\u00a0', '%', '%2B', '%3D')
  fc.assert(
    fc.property(inner, mark, inner, (start, mark, end) => {
      expect(() => toBid(start + mark + end)).toThrow('bid_encoded_or_cut')
      expect(toBid(` ${start}${end}\n`)).toBe(start + end)
    }),
    runs()
  )
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
  ] as const)('a price is read exactly with two decimals: %j', (options) => {
    const format = new Intl.NumberFormat(locale, options)
    fc.assert(
      fc.property(cents, (cents) => {
        expect(toPrice(format.format(cents / 100))).toBe(cents / 100)
      }),
      runs()
    )
  })

  test('a price is read exactly without decimals if the currency is known', () => {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 })
    fc.assert(
      fc.property(cents, (cost) => {
        expect(toPrice(format.format(cost), currency)).toBe(cost)
      }),
      runs()
    )
  })

  test('a price is read exactly or not at all without decimals if the currency is not known', () => {
    const format = new Intl.NumberFormat(locale, { style: 'decimal', maximumFractionDigits: 0 })
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: 1, max: 10 ** 6 }), cents), (cost) => {
        expect([cost, 'ambiguous']).toContain(toPrice(`$${format.format(cost)}`))
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

  test('toTimestamp does not change a time that it has returned', () => {
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
    ['toObject', (value: never) => toObject(value, [])],
    ['toPlacement', toPlacement],
    ['toPage', toPage]
  ])('a corrected value is not changed again: %s', (_, read) => {
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
