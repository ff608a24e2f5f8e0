import { PayloadValidationError } from '@segment/actions-core'
import { isMeaninglessText, isNobody, isNone, toBid, toFacts, toUser } from '../facts'
import { MEANINGLESS, reasonThrownBy, thrownBy } from './__helpers__/support'

const payload = { id: 'm-1', occurredAt: '2025-03-14T15:09:26.535Z', opaqueUserId: 'u-1' }

describe('toFacts', () => {
  it('reads the id, the time and the user', () => {
    expect(toFacts(payload)).toEqual(payload)
  })

  it('reads the device and the channel', () => {
    expect(toFacts({ ...payload, deviceType: 'ios', channel: 'In-Store' })).toEqual({
      ...payload,
      deviceType: 'mobile',
      channel: 'instore'
    })
  })

  it('trims text and accepts numbers', () => {
    const numbers = { id: ' m-1\n', occurredAt: 1741964966.535, opaqueUserId: 42 }

    expect(toFacts(numbers)).toEqual({ ...payload, opaqueUserId: '42' })
  })

  it('accepts the event id 0', () => {
    expect(toFacts({ ...payload, id: 0 }).id).toBe('0')
  })

  test.each<[string, unknown]>([
    ['onsite', 'onsite'],
    ['OffSite', 'offsite'],
    ['In Store', 'instore'],
    ['web', undefined],
    ['', undefined]
  ])('reads the channel %j as %j', (channel, result) => {
    expect(toFacts({ ...payload, channel }).channel).toBe(result)
  })

  test.each<[keyof typeof payload, unknown, string]>([
    ['id', ' \t', 'id_missing'],
    ['id', null, 'id_missing'],
    ['id', false, 'id_missing'],
    ['occurredAt', '', 'time_missing'],
    ['occurredAt', undefined, 'time_missing'],
    ['opaqueUserId', '   ', 'user_id_missing'],
    ['opaqueUserId', undefined, 'user_id_missing'],
    ['opaqueUserId', 'false', 'user_id_missing']
  ])('fails if %s is %j', (field, value, code) => {
    expect(reasonThrownBy(() => toFacts({ ...payload, [field]: value }))).toEqual({ code })
  })

  test.each<[keyof typeof payload, unknown, string, string]>([
    ['id', {}, 'id_invalid', '{}'],
    ['id', 'true', 'id_invalid', '"true"'],
    ['opaqueUserId', true, 'user_id_invalid', 'true'],
    ['opaqueUserId', { id: 'u-1' }, 'user_id_invalid', '{"id":"u-1"}'],
    ['opaqueUserId', [], 'user_id_invalid', '[]']
  ])('fails and shows the value if %s is %j', (field, value, code, quoted) => {
    expect(reasonThrownBy(() => toFacts({ ...payload, [field]: value }))).toEqual({ code, value: quoted })
  })

  test.each(MEANINGLESS)('fails if the id or the user is %j, which identifies nothing', (text) => {
    const value = JSON.stringify(text)

    expect(reasonThrownBy(() => toFacts({ ...payload, id: text }))).toEqual({ code: 'id_meaningless', value })
    expect(reasonThrownBy(() => toFacts({ ...payload, opaqueUserId: text }))).toEqual({
      code: 'user_id_meaningless',
      value
    })
  })

  test.each<[unknown, string]>([
    [0, '0'],
    ['0', '"0"'],
    [' 0 ', '" 0 "']
  ])('fails if the user is %j, which shop systems send for every guest', (opaqueUserId, value) => {
    expect(reasonThrownBy(() => toFacts({ ...payload, opaqueUserId }))).toEqual({ code: 'user_id_meaningless', value })
  })

  test.each(['00', '0.0', '10', 'nullable', 'an undefined user', 'xNaN', '[object Object]s'])(
    'accepts the user %j',
    (opaqueUserId) => {
      expect(toFacts({ ...payload, opaqueUserId }).opaqueUserId).toBe(opaqueUserId)
    }
  )

  it('throws an error of the framework, which has the code as its message until the sentence is written', () => {
    const error = thrownBy(() => toFacts({ ...payload, id: '' }))

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe('id_missing')
  })

  it('replaces a time in the future with the current time', () => {
    const before = Date.now()
    const { occurredAt } = toFacts({ ...payload, occurredAt: '2999-01-01' })

    expect(Date.parse(occurredAt)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(occurredAt)).toBeLessThanOrEqual(Date.now())
  })

  test.each<[unknown, string]>([
    ['yesterday', '"yesterday"'],
    ['undefined', '"undefined"'],
    [true, 'true'],
    [{}, '{}'],
    ['x'.repeat(1_000_000), `"${'x'.repeat(59)}…`]
  ])('fails and shows the value if it is not a time', (occurredAt, value) => {
    expect(reasonThrownBy(() => toFacts({ ...payload, occurredAt }))).toEqual({ code: 'time_invalid', value })
  })
})

describe('toBid', () => {
  test.each<[unknown, string]>([
    ['WyJlX1BJLWpwQmZFRkl4aVlhQzFjZDUwIl0=', 'WyJlX1BJLWpwQmZFRkl4aVlhQzFjZDUwIl0='],
    [' a+b/c== ', 'a+b/c=='],
    [7, '7'],
    ['truelove', 'truelove'],
    ['falsehood', 'falsehood']
  ])('reads %j as %j', (value, bid) => {
    expect(toBid(value)).toBe(bid)
  })

  test.each<[unknown]>([
    ...[undefined, null, false, 'false', ' false ', '', '  '].map((value): [unknown] => [value]),
    ...MEANINGLESS.map((value): [unknown] => [value])
  ])('reads %j as no bid', (value) => {
    expect(toBid(value)).toBeUndefined()
  })

  test.each<[unknown, string]>([
    [true, 'true'],
    ['true', '"true"'],
    [{ id: 'bid' }, '{"id":"bid"}'],
    [['bid'], '["bid"]']
  ])('fails for %j instead of reporting an ad as organic', (value, quoted) => {
    expect(reasonThrownBy(() => toBid(value))).toEqual({ code: 'bid_unreadable', value: quoted })
  })

  test.each(['WyJ hX1BJ', 'WyJ\thX1', 'WyJ\nhX1', 'WyJlX1BJ%3D%3D', 'a%2Bb', '50%'])(
    'fails for %j, which was encoded or cut',
    (value) => {
      expect(reasonThrownBy(() => toBid(` ${value} `))).toEqual({
        code: 'bid_encoded_or_cut',
        value: JSON.stringify(value)
      })
    }
  )

  test.each<[string, string]>([
    [`${'a'.repeat(10)}%3D`, `"${'a'.repeat(10)}%3D"`],
    [`x${'a'.repeat(10)}%3D`, `"…${'a'.repeat(10)}%3D"`],
    [`${'x'.repeat(100)}${'a'.repeat(10)} b`, `"…${'a'.repeat(10)} b"`],
    [`a b${'c'.repeat(100)}`, `"a b${'c'.repeat(56)}…`]
  ])('shows the part of a long bid that was encoded or cut: %j', (bid, value) => {
    expect(reasonThrownBy(() => toBid(bid))).toEqual({ code: 'bid_encoded_or_cut', value })
  })
})

describe('toUser', () => {
  test.each<[unknown, string | undefined]>([
    [' u-1 ', 'u-1'],
    [42, '42'],
    [0, undefined],
    ['0', undefined],
    ['null', undefined],
    ['true', undefined],
    ['', undefined],
    [null, undefined],
    [{}, undefined]
  ])('reads %j as %j', (value, id) => {
    expect(toUser(value)).toBe(id)
  })
})

describe('isNobody', () => {
  test.each<[unknown, boolean]>([
    [0, true],
    [' 0', true],
    ['undefined', true],
    ['', false],
    [null, false],
    [false, false],
    ['1', false],
    [{}, false]
  ])('returns for %j: %j', (value, result) => {
    expect(isNobody(value)).toBe(result)
  })
})

describe('isNone', () => {
  test.each<[unknown, boolean]>([
    [undefined, true],
    [null, true],
    [false, true],
    ['', true],
    [' \t', true],
    [' false ', true],
    [true, false],
    [0, false],
    ['0', false],
    ['null', false],
    ['a', false],
    [[], false],
    [{}, false]
  ])('returns for %j: %j', (value, result) => {
    expect(isNone(value)).toBe(result)
  })
})

describe('isMeaninglessText', () => {
  test.each<[unknown]>([...MEANINGLESS, NaN].map((value) => [value]))('finds that %j identifies nothing', (value) => {
    expect(isMeaninglessText(value)).toBe(true)
  })

  test.each<[unknown]>([
    [undefined],
    [null],
    [{}],
    [''],
    [0],
    ['none'],
    ['nullable'],
    ['notnull'],
    ['object Object'],
    [['null']]
  ])('isMeaninglessText does not find that of %j', (value) => {
    expect(isMeaninglessText(value)).toBe(false)
  })
})
