import { PayloadValidationError } from '@segment/actions-core'
import { AggregateAjvError } from '@segment/ajv-human-errors'
import { facts, required } from '../facts'

const payload = { id: 'm-1', occurredAt: '2025-03-14T15:09:26.535Z', opaqueUserId: 'u-1' }

function thrown(task: () => unknown): Error {
  try {
    task()
  } catch (error) {
    return error as Error
  }
  throw new Error('Nothing is thrown.')
}

describe('What every event has', () => {
  it('is its id, its time and its user', () => {
    expect(facts(payload, 'click')).toEqual(payload)
  })

  it('and where it happened', () => {
    expect(facts({ ...payload, deviceType: 'ios', channel: 'In-Store' }, 'click')).toEqual({
      ...payload,
      deviceType: 'mobile',
      channel: 'instore'
    })
  })

  it('is trimmed, and may be a number', () => {
    expect(facts({ ...payload, id: ' m-1\n', opaqueUserId: 42 }, 'click')).toMatchObject({
      id: 'm-1',
      opaqueUserId: '42'
    })
  })

  test.each<['id' | 'opaqueUserId', unknown]>([
    ['id', ''],
    ['id', ' \t'],
    ['id', null],
    ['id', {}],
    ['opaqueUserId', ''],
    ['opaqueUserId', '   '],
    ['opaqueUserId', undefined],
    ['opaqueUserId', ['u-1']]
  ])('fails the check of required fields when %s is %j', (field, value) => {
    const error = thrown(() => facts({ ...payload, [field]: value }, 'click'))

    expect(error).toBeInstanceOf(AggregateAjvError)
    expect(error.message).toBe(`This click is missing the required field '${field}'.`)
  })

  it('takes a time in the future for now', () => {
    const before = Date.now()
    const { occurredAt } = facts({ ...payload, occurredAt: new Date(before + 3_600_000).toISOString() }, 'click')
    const after = Date.now()

    expect(Date.parse(occurredAt)).toBeGreaterThanOrEqual(before)
    expect(Date.parse(occurredAt)).toBeLessThanOrEqual(after)
  })

  it('fails when its time is none, with a message that says how to write one', () => {
    const error = thrown(() => facts({ ...payload, occurredAt: 'yesterday' }, 'click'))

    expect(error).toBeInstanceOf(PayloadValidationError)
    expect(error.message).toBe(
      'occurredAt of this click is no time: "yesterday". Send ISO 8601, such as 2026-01-31T12:00:00Z, or the seconds or milliseconds since 1970.'
    )
  })

  it('quotes only the start of a long time', () => {
    const { message } = thrown(() => facts({ ...payload, occurredAt: 'x'.repeat(1_000_000) }, 'click'))

    expect(message.length).toBeLessThan(250)
  })
})

describe('A required value', () => {
  it('is given back, also when it is false, 0 or blank', () => {
    expect([false, 0, ''].map((value) => required(value, 'id', 'This click'))).toEqual([false, 0, ''])
  })

  it('is called by the name of its event, each time anew', () => {
    const messages = ['This click', 'This page view', 'This click'].map(
      (subject) => thrown(() => required<unknown>(undefined, 'page.pageId', subject)).message
    )

    expect(messages).toEqual([
      "This click is missing the required field 'page.pageId'.",
      "This page view is missing the required field 'page.pageId'.",
      "This click is missing the required field 'page.pageId'."
    ])
  })
})
