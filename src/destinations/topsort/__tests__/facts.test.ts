import { PayloadValidationError } from '@segment/actions-core'
import { requireId, toFacts, toFirst, toId, toOptionalId } from '../facts'
import { thrownBy } from './__helpers__/support'

const payload = { id: 'm-1', occurredAt: '2025-03-14T15:09:26.535Z', opaqueUserId: 'u-1' }

describe('toFacts', () => {
  it('reads the id, the time and the user', () => {
    expect(toFacts(payload, 'click')).toEqual(payload)
  })

  it('reads the device and the channel', () => {
    expect(toFacts({ ...payload, deviceType: ['', 'ios'], channel: 'In-Store' }, 'click')).toEqual({
      ...payload,
      deviceType: 'mobile',
      channel: 'instore'
    })
  })

  it('trims text and accepts numbers', () => {
    const numbers = { id: ' m-1\n', occurredAt: 1741964966.535, opaqueUserId: 42 }

    expect(toFacts(numbers, 'click')).toEqual({ ...payload, opaqueUserId: '42' })
  })

  test.each<[string, unknown]>([
    ['onsite', 'onsite'],
    ['OffSite', 'offsite'],
    ['In Store', 'instore'],
    ['web', undefined],
    ['', undefined]
  ])('reads the channel %j as %j', (channel, result) => {
    expect(toFacts({ ...payload, channel }, 'click').channel).toBe(result)
  })

  it('takes the first user id that is not empty', () => {
    expect(toFacts({ ...payload, opaqueUserId: ['', 'false', null, ' u-2 ', 'u-3'] }, 'click').opaqueUserId).toBe('u-2')
  })

  test.each<[keyof typeof payload, unknown]>([
    ['id', ' \t'],
    ['id', null],
    ['occurredAt', ''],
    ['occurredAt', undefined],
    ['opaqueUserId', '   '],
    ['opaqueUserId', undefined],
    ['opaqueUserId', []],
    ['opaqueUserId', [' ', null, false]]
  ])('fails and names %s if it is %j', (field, value) => {
    const error = thrownBy(() => toFacts({ ...payload, [field]: value }, 'click'))

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe(
      `Missing ${field} in this click. Send it, or map the field to a property that is never empty.`
    )
  })

  test.each<[keyof typeof payload, unknown, string]>([
    ['id', {}, '{}'],
    ['id', 'true', '"true"'],
    ['opaqueUserId', true, 'true'],
    ['opaqueUserId', [{ id: 'u-1' }, 'u-2'], '{"id":"u-1"}'],
    ['opaqueUserId', [['u-1'], 'u-2'], '["u-1"]']
  ])('fails and does not use a fallback if %s is %j', (field, value, quoted) => {
    const error = thrownBy(() => toFacts({ ...payload, [field]: value }, 'click'))

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe(`Invalid ${field} in this click: ${quoted}. Send text or a number, or leave it out.`)
  })

  it('replaces a time in the future with the current time', () => {
    const before = Date.now()
    const { occurredAt } = toFacts({ ...payload, occurredAt: '2999-01-01' }, 'click')

    expect(Date.parse(occurredAt)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(occurredAt)).toBeLessThanOrEqual(Date.now())
  })

  test.each<[unknown, string]>([
    ['yesterday', '"yesterday"'],
    [true, 'true'],
    [{}, '{}'],
    ['x'.repeat(1_000_000), `"${'x'.repeat(59)}…`]
  ])('fails and says how to write a time', (occurredAt, quoted) => {
    const error = thrownBy(() => toFacts({ ...payload, occurredAt }, 'page view'))

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe(
      `Invalid occurredAt in this page view: ${quoted}. Send ISO 8601, such as 2026-01-31T12:00:00Z, or the seconds or milliseconds since 1970.`
    )
  })
})

describe('toId', () => {
  test.each<[unknown, string]>([
    ['p-1', 'p-1'],
    [' p-1 ', 'p-1'],
    [7, '7'],
    [0, '0'],
    ['truelove', 'truelove'],
    ['falsehood', 'falsehood']
  ])('reads %j as %j', (value, id) => {
    expect(toId(value, 'product_id', 'click')).toBe(id)
  })

  test.each<[unknown]>([[undefined], [null], [false], ['false'], [' false '], [''], ['  ']])(
    'reads %j as a missing id',
    (value) => {
      expect(toId(value, 'product_id', 'click')).toBeUndefined()
    }
  )

  test.each<[unknown]>([[true], ['true'], [{}], [{ id: 1 }], [[]], [['p-1']]])('fails for %j', (value) => {
    expect(thrownBy(() => toId(value, 'product_id', 'click'))).toBeInstanceOf(PayloadValidationError)
  })
})

describe('requireId', () => {
  it('names the event that has no id', () => {
    expect(thrownBy(() => requireId(false, 'id', 'list')).message).toMatch(/^Missing id in this list\. /)
  })
})

describe('toOptionalId', () => {
  test.each<[unknown, string | undefined]>([
    [' p-1 ', 'p-1'],
    [7, '7'],
    [true, undefined],
    ['true', undefined],
    [false, undefined],
    ['false', undefined],
    [' ', undefined],
    [{}, undefined]
  ])('reads %j as %j', (value, id) => {
    expect(toOptionalId(value)).toBe(id)
  })
})

describe('toFirst', () => {
  test.each<[unknown, unknown]>([
    ['a', 'a'],
    [undefined, undefined],
    [['', null, undefined, false, 'false', 0, 'b'], 0],
    [[{ a: 1 }, 'b'], { a: 1 }],
    [[''], undefined]
  ])('finds in %j the value %j', (value, first) => {
    expect(toFirst(value)).toEqual(first)
  })
})
