import type { MappingDelivery } from '../..'
import { countsOf, iso, viewed } from '../../__tests__/shop'

const DAY = 86_400
const failed = { ok: false, sent: undefined }

test('a time an hour in the future is reported', () => {
  expect(countsOf([viewed({ at: 3_600, receivedAt: 0 })])).toEqual({ 'bad-time': 1 })
})

test('a time in the future is reported even if the destination replaced it with the present', () => {
  const view = viewed({ at: 3_600, receivedAt: 0 })
  const [delivery] = view.deliveries
  const impressions = delivery.sent!.impressions!.map((impression) => ({ ...impression, occurredAt: iso(1) }))
  expect(countsOf([{ ...view, deliveries: [{ ...delivery, sent: { impressions } }] }])).toEqual({ 'bad-time': 1 })
})

test('a time in 1970 is reported', () => {
  expect(countsOf([viewed({ at: -56 * 365 * DAY, receivedAt: 0 })])).toEqual({ 'bad-time': 1 })
})

test('an unreadable time is reported', () => {
  const view = viewed({ delivery: failed })
  expect(countsOf([{ ...view, event: { ...view.event, timestamp: 'yesterday' } }])).toEqual({ 'bad-time': 1 })
})

test.each<[string, MappingDelivery['reason']]>([
  ['Topsort refuses', { code: 'topsort_refused', errCode: 'invalid_event_time' }],
  [
    'Topsort refuses for a part of a list',
    { code: 'partly_delivered', reasons: [{ code: 'topsort_refused', errCode: 'invalid_event_time', ids: ['m-1'] }] }
  ],
  ['the destination cannot read', { code: 'time_invalid', value: '"soon"' }],
  ['is empty', { code: 'time_missing' }],
  ['the framework does not find', { code: 'required_field_missing', fields: ['id', 'occurredAt'] }],
  ['the framework refuses', { code: 'field_invalid', fields: ['placement.position', 'occurredAt'] }]
])('a mapped time that %s is reported, even if the timestamp is good', (_, reason) => {
  expect(countsOf([viewed({ delivery: { ...failed, reason } })])).toEqual({ 'bad-time': 1 })
})

test.each<[string, MappingDelivery['reason']]>([
  ['for another reason of Topsort', { code: 'topsort_refused', errCode: 'invalid_placement' }],
  ['without another field', { code: 'required_field_missing', fields: ['opaqueUserIds'] }],
  ['because another field is invalid', { code: 'field_invalid', fields: ['productId'] }],
  ['with the name of a code in a value', { code: 'id_invalid', value: 'time_invalid' }]
])('an event that failed %s is only a failed event', (_, reason) => {
  expect(countsOf([viewed({ delivery: { ...failed, reason } })])).toEqual({ 'failed-event': 1 })
})

test.each([
  ['a clock that is half a minute ahead', { at: 30, receivedAt: 0 }],
  ['a phone that was offline for a month', { at: 0, receivedAt: 30 * DAY }]
])('%s is not reported', (_, options) => {
  expect(countsOf([viewed(options)])).toEqual({})
})

test('the time that was sent counts, even if the timestamp is wrong', () => {
  const view = viewed({ at: 0, receivedAt: 60 })
  expect(countsOf([{ ...view, event: { ...view.event, timestamp: iso(9 * DAY) } }])).toEqual({})
  expect(countsOf([{ ...view, event: { ...view.event, timestamp: iso(-900 * DAY) } }])).toEqual({})
})

test('a wrong time is not reported for an event that no mapping took', () => {
  expect(countsOf([{ ...viewed({ at: 3_600, receivedAt: 0 }), deliveries: [] }])).toEqual({ 'unmapped-events': 1 })
})

test('types of events that were not sent may be undefined', () => {
  const view = viewed({ at: 3_600, receivedAt: 0 })
  const [delivery] = view.deliveries
  const sent = { clicks: undefined, purchases: undefined, pageviews: undefined, ...delivery.sent }
  expect(countsOf([{ ...view, deliveries: [{ ...delivery, sent }] }])).toEqual({ 'bad-time': 1 })
})
