import { createQueue } from '../queue'

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

test('the wait before each attempt is twice the one before, times a random part of it', async () => {
  const start = Date.now()
  const attempts: number[] = []
  const queue = createQueue<string, { status: number }>({
    size: 1,
    timing: { batchWait: 0, backOff: 100, random: () => 0.5 },
    attempt: (items) => {
      attempts.push(Date.now() - start)
      return Promise.resolve(items.map(() => ({ status: 503 })))
    },
    settle: () => undefined
  })
  queue.add('a')
  await jest.runAllTimersAsync()
  expect(attempts).toEqual([0, 50, 150, 350, 750])
})

test('a batch waits from its first item on', async () => {
  const start = Date.now()
  const attempts: [number, string[]][] = []
  const queue = createQueue<string, { status: number }>({
    size: 10,
    timing: { batchWait: 1_000, backOff: 1, random: Math.random },
    attempt: (items) => {
      attempts.push([Date.now() - start, items])
      return Promise.resolve(items.map(() => ({ status: 204 })))
    },
    settle: () => undefined
  })
  queue.add('a')
  await jest.advanceTimersByTimeAsync(600)
  queue.add('b')
  await jest.runAllTimersAsync()
  queue.add('c')
  await jest.runAllTimersAsync()
  expect(attempts).toEqual([
    [1_000, ['a', 'b']],
    [2_000, ['c']]
  ])
})
