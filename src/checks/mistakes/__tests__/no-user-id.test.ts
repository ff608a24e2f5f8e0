import type { MappingDelivery } from '../..'
import { countsOf, findingsOf, viewed } from '../../__tests__/shop'

const failed = { ok: false, sent: undefined }
const fromServer = { anonymousId: null, userId: 'customer-1' }

test('a call without any user id is reported', () => {
  const view = viewed({ id: 'm', anonymousId: null, delivery: failed })
  expect(findingsOf([view])).toMatchObject([{ code: 'no-user-id', count: 1, samples: [{ messageId: 'm' }] }])
  expect(countsOf([{ ...view, deliveries: [] }])).toEqual({ 'no-user-id': 1, 'unmapped-events': 1 })
})

test('a call with an empty user id is reported', () => {
  expect(countsOf([viewed({ anonymousId: '  ', delivery: failed })])).toEqual({ 'no-user-id': 1 })
})

test.each<[string, MappingDelivery['reason']]>([
  ['a missing id', { code: 'required_field_missing', fields: ['id', 'opaqueUserId'] }],
  ['an empty id', { code: 'user_id_missing' }],
  ['a text that identifies nobody', { code: 'user_id_meaningless', value: '"undefined"' }],
  ['true', { code: 'user_id_invalid', value: 'true' }]
])('a call is reported if its mapping reads %s', (_, reason) => {
  expect(countsOf([viewed({ ...fromServer, delivery: { ...failed, reason } })])).toEqual({ 'no-user-id': 1 })
})

test('a guest whose userId is 0 is reported', () => {
  const reason = { code: 'user_id_meaningless', value: '"0"' }
  expect(countsOf([viewed({ anonymousId: null, userId: '0', delivery: { ...failed, reason } })])).toEqual({
    'no-user-id': 1
  })
})

test('a call with only a userId is not reported', () => {
  expect(countsOf([viewed(fromServer)])).toEqual({})
})

test('a call whose mapping reads the id from a property is not reported', () => {
  expect(countsOf([viewed({ anonymousId: null, properties: { opaqueUserId: 'cookie' } })])).toEqual({})
})

test.each<[string, MappingDelivery['reason']]>([
  ['without another field', { code: 'required_field_missing', fields: ['resolvedBidId'] }],
  ['with a bad product', { code: 'product_id_meaningless', value: '"user_id_missing"' }],
  ['without any reason', undefined]
])('an event with a user that failed %s is only a failed event', (_, reason) => {
  expect(countsOf([viewed({ delivery: { ...failed, reason } })])).toEqual({ 'failed-event': 1 })
})
