import { limit } from '../limit'

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

describe('A limit', () => {
  it('runs as many tasks at once as allowed, and never more', async () => {
    const turn = limit(4)
    let running = 0
    let most = 0
    const tasks = Array.from({ length: 20 }, (_, index) =>
      turn(async () => {
        running += 1
        most = Math.max(most, running)
        await pause(index % 3)
        running -= 1
      })
    )
    await Promise.all(tasks)

    expect([most, running]).toEqual([4, 0])
  })

  it('starts tasks in order, and returns the result of each', async () => {
    const turn = limit(2)
    const started: number[] = []
    const task = (number: number) =>
      turn(async () => {
        started.push(number)
        await pause(5 - number)
        return number * 10
      })

    expect(await Promise.all([0, 1, 2, 3, 4].map(task))).toEqual([0, 10, 20, 30, 40])
    expect(started).toEqual([0, 1, 2, 3, 4])
  })

  it('continues after a task that fails', async () => {
    const turn = limit(1)
    const failed = turn(() => Promise.reject(new Error('no')))
    const next = turn(() => Promise.resolve('yes'))

    await expect(failed).rejects.toThrow('no')
    expect(await next).toBe('yes')
    expect(await turn(() => Promise.resolve('again'))).toBe('again')
  })
})
