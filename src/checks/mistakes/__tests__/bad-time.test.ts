import { countsOf, iso, viewed } from '../../__tests__/shop'

const DAY = 86_400
const failed = { ok: false, status: 400, sent: undefined }

test('a time an hour in the future is told', () => {
  expect(countsOf([viewed({ at: 3_600, receivedAt: 0 })])).toEqual({ 'bad-time': 1 })
})

test('a time that the destination changed to the present is told', () => {
  const view = viewed({ at: 3_600, receivedAt: 0 })
  const [delivery] = view.deliveries
  const impressions = delivery.sent!.impressions!.map((impression) => ({ ...impression, occurredAt: iso(1) }))
  expect(countsOf([{ ...view, deliveries: [{ ...delivery, sent: { impressions } }] }])).toEqual({ 'bad-time': 1 })
})

test('a time of 1970 is told', () => {
  expect(countsOf([viewed({ at: -56 * 365 * DAY, receivedAt: 0 })])).toEqual({ 'bad-time': 1 })
})

test('a time that nobody can read is told', () => {
  const view = viewed({ delivery: failed })
  expect(countsOf([{ ...view, event: { ...view.event, timestamp: 'yesterday' } }])).toEqual({ 'bad-time': 1 })
})

test('a time that Topsort refuses is told', () => {
  const message = 'Topsort refused this impression: invalid_event_time: At least one event is in the future'
  expect(countsOf([viewed({ delivery: { ok: false, status: 400, message } })])).toEqual({ 'bad-time': 1 })
})

test.each([
  ['a clock that is half a minute ahead', { at: 30, receivedAt: 0 }],
  ['a phone that was offline for a month', { at: 0, receivedAt: 30 * DAY }]
])('%s is right', (_, told) => {
  expect(countsOf([viewed(told)])).toEqual({})
})

test('a time that is mapped from another property counts in place of the timestamp', () => {
  const view = viewed({ at: 0, receivedAt: 60 })
  expect(countsOf([{ ...view, event: { ...view.event, timestamp: iso(9 * DAY) } }])).toEqual({})
  expect(countsOf([{ ...view, event: { ...view.event, timestamp: iso(-900 * DAY) } }])).toEqual({})
})

test('an event that no mapping took may have any time', () => {
  expect(countsOf([{ ...viewed({ at: 3_600, receivedAt: 0 }), deliveries: [] }])).toEqual({})
})
