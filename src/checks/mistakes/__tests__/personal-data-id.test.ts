import { countsOf, findingsOf, viewed } from '../../__tests__/shop'

test.each([
  'anna@mail.example',
  'Anna.B+shop@mail.example.org',
  'anna%40mail.example',
  '+49 171 1234567',
  '+491711234567',
  '%2B491711234567',
  '(555) 123-4567',
  'tel:+1-555-123-4567'
])('the user id %s is reported', (anonymousId) => {
  const [finding] = findingsOf([viewed({ id: 'm', anonymousId })])
  expect(finding).toMatchObject({
    code: 'personal-data-id',
    severity: 'worth a look',
    samples: [{ messageId: 'm', user: anonymousId }]
  })
})

test.each([
  '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  '4917112345678',
  '203_0_113_9',
  '123-456-789',
  'u_1@store',
  '@anna',
  '+1',
  '2026-03-01',
  'd9c1b0de-5a4e-4a5e-9a51-0d6f0f5f9c11'
])('the user id %s is not reported', (anonymousId) => {
  expect(countsOf([viewed({ anonymousId })])).toEqual({})
})

test('an email address in the call is not reported if another id is sent', () => {
  expect(countsOf([viewed({ anonymousId: 'anna', userId: 'anna@mail.example' })])).toEqual({})
})
