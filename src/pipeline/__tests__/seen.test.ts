import { createSeen } from '../seen'

test('a text is there from the second time on', () => {
  const seen = createSeen(2)
  expect([seen.has('a'), seen.has('a'), seen.has('b'), seen.has('a')]).toEqual([false, true, false, true])
})

test('only the newest are remembered', () => {
  const seen = createSeen(2)
  for (const text of ['a', 'b', 'c']) seen.has(text)
  expect([seen.has('b'), seen.has('c'), seen.has('a')]).toEqual([true, true, false])
})

test('all can be forgotten', () => {
  const seen = createSeen(2)
  seen.has('a')
  seen.forget()
  expect(seen.has('a')).toBe(false)
})
