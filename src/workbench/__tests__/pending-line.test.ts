import { pendingLine } from '../main'

/** The line about so many events. The next attempt is in so many milliseconds. */
function lineFor(count: number, wait?: number): string {
  const nextTryAt = wait === undefined ? undefined : Date.now() + wait
  return pendingLine({ pipeline: { pending: () => ({ count, nextTryAt }) } })
}

beforeEach(() => {
  jest.useFakeTimers()
})
afterEach(() => {
  jest.useRealTimers()
})

test.each([
  ['in so many seconds', 1, 3_200, '1 event is pending. The next attempt is in 4 s.'],
  ['under way', 2, -10, '2 events are pending. The next attempt is under way.'],
  ['missing, because Topsort has not answered', 2, undefined, '2 events are pending. Waiting for an answer.']
])('the line about pending events says that the next attempt is %s', (_, count, wait, line) => {
  expect(lineFor(count, wait)).toBe(line)
})
