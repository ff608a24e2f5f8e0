import { countsOf, findingsOf, viewed } from '../../__tests__/shop'

const failed = { ok: false, status: 400, sent: undefined }

test('a call without any user id is reported', () => {
  const view = viewed({ id: 'm', anonymousId: null, delivery: { ...failed, message: 'missing' } })
  expect(findingsOf([view])).toMatchObject([{ code: 'no-user-id', count: 1, samples: [{ messageId: 'm' }] }])
  expect(countsOf([{ ...view, deliveries: [] }])).toEqual({ 'no-user-id': 1 })
})

test('a call with an empty user id is reported', () => {
  expect(countsOf([viewed({ anonymousId: '  ', delivery: failed })])).toEqual({ 'no-user-id': 1 })
})

test('a call is reported if its mapping reads a missing id', () => {
  const message = "This impression is missing the required field 'opaqueUserId'."
  expect(countsOf([viewed({ anonymousId: null, userId: 'u', delivery: { ...failed, message } })])).toEqual({
    'no-user-id': 1
  })
})

test('a call with only a userId is not reported', () => {
  expect(countsOf([viewed({ anonymousId: null, userId: 'customer-1' })])).toEqual({})
})

test('a call whose mapping reads the id from a property is not reported', () => {
  expect(countsOf([viewed({ anonymousId: null, properties: { opaqueUserId: 'cookie' } })])).toEqual({})
})

test('an event that failed for another reason is not reported', () => {
  expect(
    countsOf([viewed({ delivery: { ...failed, message: "missing the required field 'resolvedBidId'" } })])
  ).toEqual({})
})
