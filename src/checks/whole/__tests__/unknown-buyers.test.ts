import { click, order, times } from './calls'
import { findingOf } from './whole'

const visitors = times(30, (index) => [
  click({ user: `u${index}`, product: `p-${index}` }),
  order({ user: `u${index}`, product: `p-${index}`, minute: 60 })
]).flat()

/** Returns orders from the server. */
const fromServer = (count: number, userOf: (index: number) => string) =>
  times(count, (index) => order({ user: userOf(index), product: 'p-1', minute: 90, platform: 'server' }))

test('orders of a source whose users never clicked are reported with their revenue', () => {
  const finding = findingOf('unknown-buyers', [...visitors, ...fromServer(20, (index) => `hash-${index}`)])
  expect(finding).toMatchObject({
    severity: 'worth a look',
    count: 20,
    cost: { amount: 200, currency: 'USD', of: 'uncredited' },
    samples: [{ user: expect.stringMatching(/^hash-/) as string }]
  })
  expect(finding?.sentence).toBe(
    'None of 20 orders of source project-server (server) is of a user who clicked before. Of the other orders, 100.0 % are.'
  )
})

test.each([
  ['whose users clicked', [...visitors, ...fromServer(20, (index) => `u${index}`)]],
  ['that are few', [...visitors, ...fromServer(14, (index) => `hash-${index}`)]],
  ['of a shop in which nobody clicks before', fromServer(40, (index) => `hash-${index}`)]
])('orders of a source %s are not reported', (_, calls) => {
  expect(findingOf('unknown-buyers', calls)).toBeUndefined()
})
