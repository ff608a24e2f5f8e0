import { ordered } from '../../__tests__/shop'
import { findingOf } from './whole'

type Person = { anonymousId?: string; userAgent?: string; ip?: string; email?: string }

const BROWSERS = ['Chrome/137 Windows', 'Safari/18 Mac', 'Firefox/139 Linux', 'Chrome/137 Android', 'Safari/18 iPhone']

/** Returns an order of a user that this person sends. */
function order(user: string, at: number, { anonymousId = user, userAgent, ip, email }: Person = {}) {
  const properties = { currency: 'EUR', opaqueUserId: user, ...(email && { email }) }
  const made = ordered({ id: `${user}-${at}`, at, anonymousId, properties })
  return { ...made, event: { ...made.event, context: { userAgent, ip } as never } }
}

const others = Array.from({ length: 40 }, (_, index) => order(`u-${index}`, index, { userAgent: BROWSERS[index % 5] }))

const orders = (toPerson: (index: number) => Person, count = 30) =>
  Array.from({ length: count }, (_, index) => order('guest', index, toPerson(index)))

test('a user id with the orders of many visitors is reported, with their revenue', () => {
  const guests = orders((index) => ({ anonymousId: `a-${index}`, userAgent: BROWSERS[index % 5] }))
  expect(findingOf('shared-user-id', [...others, ...guests])).toMatchObject({
    severity: 'worth a look',
    count: 30,
    cost: { amount: 75, currency: 'EUR', of: 'reported wrongly' }
  })
})

test('a user id with the orders of many email addresses is reported, if the server says nothing else', () => {
  const guests = orders((index) => ({ email: `shopper-${index}@mail.example` }))
  expect(findingOf('shared-user-id', [...others, ...guests])?.count).toBe(30)
})

test.each<[string, (index: number) => Person, number]>([
  ['a call center', () => ({ anonymousId: 'desk', userAgent: BROWSERS[0], ip: '203.0.113.1' }), 30],
  ['somebody who moves around', (index) => ({ userAgent: BROWSERS[index % 2], ip: `203.0.113.${index}` }), 30],
  [
    'somebody who deletes cookies and updates the browser',
    (index) => ({ anonymousId: `a-${index}`, userAgent: `Chrome/${100 + index} Windows` }),
    30
  ],
  ['many visitors, but few orders', (index) => ({ anonymousId: `a-${index}`, userAgent: BROWSERS[index % 5] }), 9]
])('the orders of %s are not reported', (_, toPerson, count) => {
  expect(findingOf('shared-user-id', [...others, ...orders(toPerson, count)])).toBeUndefined()
})

test('an archive with few users is not reported', () => {
  const guests = orders((index) => ({ anonymousId: `a-${index}`, userAgent: BROWSERS[index % 5] }))
  expect(findingOf('shared-user-id', [...others.slice(0, 10), ...guests])).toBeUndefined()
})
