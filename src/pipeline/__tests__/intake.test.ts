import fc from 'fast-check'
import { InputError } from '../../core'
import { readMessages, trackingCalls } from '..'
import { timeNote } from '../intake'
import { parseTime } from '../times'

const RECEIVED_AT = new Date('2024-05-01T12:00:00.000Z')

const read = (call: (typeof trackingCalls)[keyof typeof trackingCalls], body: unknown) =>
  readMessages(call, body, RECEIVED_AT)

/** The one event of a call that is fine. */
const take = (message: object) => read('track', { event: 'E', userId: 'u', ...message }).events[0]

/** Why the one message of a call is refused. */
const refusal = (message: unknown) => read('batch', { batch: [message] }).refused.map(({ message }) => message)

const fine = { type: 'track', event: 'Product Viewed', anonymousId: 'a1' }

describe('a single message', () => {
  test('keeps its values and gets those that Segment adds', () => {
    const message = { event: 'Product Viewed', anonymousId: 'a1', messageId: 'm1', properties: { product_id: 'p1' } }
    expect(read('track', message)).toEqual({
      events: [
        {
          ...message,
          type: 'track',
          context: {},
          integrations: {},
          receivedAt: '2024-05-01T12:00:00.000Z',
          timestamp: '2024-05-01T12:00:00.000Z'
        }
      ],
      refused: []
    })
  })

  test.each(Object.values(trackingCalls).filter((call) => call !== 'batch'))(
    'gets the type of its route: %s',
    (call) => {
      expect(read(call, { userId: 'u', event: 'E' }).events[0].type).toBe(call)
    }
  )

  test('keeps its own type if it has one', () => {
    expect(read('track', { userId: 'u', type: 'page' }).events[0].type).toBe('page')
  })

  test.each([undefined, null, '', ' '])('gets an id if it has none: %j', (messageId) => {
    const ids = [take({ messageId }), take({ messageId })].map((event) => event.messageId)
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(ids[0]).not.toBe(ids[1])
  })

  test('a single message is named in its refusal', () => {
    expect(read('page', { messageId: 'm1', name: 'Home' }).refused).toEqual([
      {
        event: { messageId: 'm1', type: 'page', name: 'Home' },
        message: 'Segment refuses this page call: it has neither "userId" nor "anonymousId".',
        call: { type: 'page', messageId: 'm1', name: 'Home' }
      }
    ])
  })
})

describe('a batch', () => {
  test('gives its context, integrations and sentAt to each message, which may override them', () => {
    const { events } = read('batch', {
      batch: [
        { ...fine, timestamp: '2024-05-01T11:00:00Z', context: { locale: 'de' }, integrations: { Topsort: true } },
        fine
      ],
      context: { locale: 'en', ip: '1.2.3.4' },
      integrations: { All: false },
      sentAt: '2024-05-01T11:00:10Z'
    })
    expect(events).toMatchObject([
      {
        context: { locale: 'de', ip: '1.2.3.4' },
        integrations: { All: false, Topsort: true },
        sentAt: '2024-05-01T11:00:10Z',
        timestamp: '2024-05-01T11:59:50.000Z'
      },
      { context: { locale: 'en', ip: '1.2.3.4' }, integrations: { All: false }, sentAt: '2024-05-01T11:00:10Z' }
    ])
  })

  test('loses only the messages that are refused', () => {
    const { events, refused } = read('batch', { batch: [fine, 'x', { ...fine, messageId: 'm3', event: '' }, fine] })
    expect(events).toHaveLength(2)
    expect(refused).toEqual([
      { event: { messageId: '', type: '', name: '' }, message: 'Segment refuses batch[1]: it is not a JSON object.' },
      {
        event: { messageId: 'm3', type: 'track', name: '', anonymousId: 'a1' },
        message: 'Segment refuses batch[2]: "event" must say what happened.',
        call: { ...fine, messageId: 'm3', event: '' }
      }
    ])
  })

  test.each([
    [{}, '"batch" must be a list of messages.'],
    [{ batch: {} }, '"batch" must be a list of messages.'],
    [{ batch: [fine], context: 'x' }, 'In the body of the batch, "context" must be an object.']
  ])('a batch is refused as a whole if it cannot be read: %j', (body, message) => {
    expect(() => read('batch', body)).toThrow(new InputError(message))
  })

  test.each([null, 'x', 1, []])('a batch is refused as a whole if it is not an object: %j', (body) => {
    expect(() => read('batch', body)).toThrow(new InputError('The body must be a JSON object.'))
    expect(() => read('track', body)).toThrow(new InputError('The body must be a JSON object.'))
  })
})

describe('an empty list, as PHP writes an empty object,', () => {
  test.each(['properties', 'traits', 'context', 'integrations'])('is an empty object in "%s"', (key) => {
    expect(take({ [key]: [] })).toMatchObject({ event: 'E', [key]: {} })
  })

  test('is an empty object in what a batch shares', () => {
    const { events } = read('batch', { batch: [{ ...fine, context: { ip: '1' } }], context: [], integrations: [] })
    expect(events).toMatchObject([{ context: { ip: '1' }, integrations: {} }])
  })

  test('stays in the message of the caller', () => {
    const message = { ...fine, properties: [] }
    expect(read('batch', { batch: [message] }).events).toHaveLength(1)
    expect(message.properties).toEqual([])
  })
})

describe('a message is refused when', () => {
  test.each([
    [null, 'it is not a JSON object'],
    [[fine], 'it is not a JSON object'],
    [{ ...fine, type: undefined }, '"type" must be one of track, page, screen, identify, group, alias'],
    [{ ...fine, type: 'delete' }, '"type" must be one of track, page, screen, identify, group, alias'],
    [{ ...fine, anonymousId: undefined }, 'it has neither "userId" nor "anonymousId"'],
    [{ ...fine, anonymousId: ' ', userId: null }, 'it has neither "userId" nor "anonymousId"'],
    [{ ...fine, event: undefined }, '"event" must say what happened'],
    [{ ...fine, event: 5 }, '"event" must say what happened'],
    [{ ...fine, messageId: 5 }, '"messageId" must be a string'],
    [{ ...fine, properties: [1] }, '"properties" must be an object'],
    [{ ...fine, context: 'x' }, '"context" must be an object'],
    [{ ...fine, traits: 1 }, '"traits" must be an object'],
    [{ ...fine, integrations: true }, '"integrations" must be an object']
  ])('a message is refused when %j', (message, problem) => {
    expect(refusal(message)).toEqual([`Segment refuses batch[0]: ${problem}.`])
  })

  test('a message is refused when it is nested deeper than the framework can read', () => {
    const nested = (levels: number) => ({
      ...fine,
      properties: JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as object
    })
    expect(refusal(nested(499))).toEqual([])
    for (const levels of [500, 4_000]) {
      expect(refusal(nested(levels))).toEqual([
        'Segment refuses batch[0]: it is nested over 500 levels deep, which no mapping can read.'
      ])
    }
  })

  test('a message is refused when it is larger than 32 KB, in bytes', () => {
    const ofSize = (bytes: number) => {
      const empty = Buffer.byteLength(JSON.stringify({ ...fine, properties: { text: 'é' } }))
      return { ...fine, properties: { text: `é${'x'.repeat(bytes - empty)}` } }
    }
    expect(refusal(ofSize(32_768))).toEqual([])
    expect(refusal(ofSize(32_769))).toEqual([
      'Segment refuses batch[0]: it has 32769 bytes of JSON, and an event may have 32768.'
    ])
  })

  test.each([
    { userId: 5, anonymousId: null },
    { properties: null, context: null },
    { type: 'identify', event: undefined }
  ])('a message is not refused for %j', (changes) => {
    expect(refusal({ ...fine, ...changes })).toEqual([])
  })
})

describe('the time of an event', () => {
  test.each([
    ['when it came in, without any other', {}, '2024-05-01T12:00:00.000Z'],
    ['what the sender says, in UTC', { timestamp: '2024-04-30T23:00:00-02:00' }, '2024-05-01T01:00:00.000Z'],
    ['when it came in, where only sentAt is there', { sentAt: '2024-05-01T11:00:00Z' }, '2024-05-01T12:00:00.000Z'],
    [
      'corrected by the clock of a sender that is late',
      { timestamp: '2024-05-01T10:00:00Z', sentAt: '2024-05-01T10:00:05Z' },
      '2024-05-01T11:59:55.000Z'
    ],
    [
      'corrected by the clock of a sender that is early',
      { timestamp: '2030-01-01T00:00:00Z', sentAt: '2030-01-01T00:01:00Z' },
      '2024-05-01T11:59:00.000Z'
    ],
    [
      'made from the original one, where there are two',
      { originalTimestamp: '2024-05-01T10:00:00Z', timestamp: '2020-01-01T00:00:00Z' },
      '2024-05-01T10:00:00.000Z'
    ]
  ])('the time of an event is %s', (_, times, timestamp) => {
    expect(take(times).timestamp).toBe(timestamp)
  })

  test.each([
    '2024-02-30T12:00:00Z',
    '2024-05-01',
    '2024-05-01T10:00:00',
    'yesterday',
    '1714557600',
    1714557600,
    1714557600000,
    -1,
    true,
    {}
  ])('stays as it came if it is not ISO 8601 with an offset, and a note says so: %j', (timestamp) => {
    const event = take({ timestamp, sentAt: '2024-05-01T11:00:00Z' })
    expect(event).toMatchObject({ timestamp, originalTimestamp: timestamp })
    expect(timeNote(event)).toMatch(/^Its "timestamp" is not ISO 8601 text with an offset/)
  })

  test.each([undefined, '2024-05-01T10:00:00Z'])(
    'the time of an event has no note if it is ISO 8601 or absent: %j',
    (timestamp) => {
      expect(timeNote(take({ timestamp }))).toBe('')
    }
  )

  test('the time of an event is not corrected by an invalid sentAt', () => {
    expect(take({ timestamp: '2024-05-01T10:00:00Z', sentAt: 'now' })).toMatchObject({
      timestamp: '2024-05-01T10:00:00.000Z',
      sentAt: 'now'
    })
  })

  test('stays as it came if the correction leads beyond the year 9999 or before the year 0', () => {
    const timestamp = '0001-01-01T00:00:00Z'
    expect(take({ timestamp, sentAt: '9999-12-31T00:00:00Z' }).timestamp).toBe(timestamp)
  })

  test('the time of an event is also kept as the sender sent it', () => {
    const times = { timestamp: '2024-05-01T10:00:00Z', sentAt: '2024-05-01T10:00:05Z' }
    expect(take(times)).toMatchObject({
      originalTimestamp: '2024-05-01T10:00:00Z',
      sentAt: '2024-05-01T10:00:05Z'
    })
  })
})

test('every message of any batch is either taken with an id and a time, or refused', () => {
  const value = fc.jsonValue()
  const message = fc.oneof(
    value,
    fc.record(
      {
        type: fc.constantFrom('track', 'page', 'x'),
        event: fc.string(),
        userId: value,
        timestamp: value,
        sentAt: value,
        context: value
      },
      { requiredKeys: ['type'] }
    ),
    fc.record({
      type: fc.constant('page'),
      userId: fc.constant('u'),
      timestamp: fc.integer(),
      sentAt: fc.maxSafeInteger()
    })
  )
  fc.assert(
    fc.property(fc.array(message), (batch) => {
      const { events, refused } = read('batch', { batch })
      expect(events.length + refused.length).toBe(batch.length)
      for (const event of events) {
        expect(event.messageId).not.toBe('')
        const time: unknown = event.timestamp
        const isInUtc = typeof time === 'string' && parseTime(time) !== undefined && time.endsWith('Z')
        const sent = batch.map((sentMessage) => (Object(sentMessage) as { timestamp?: unknown }).timestamp)
        expect(isInUtc || sent.includes(time)).toBe(true)
      }
    })
  )
})
