import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Cost } from './one-batch'
import { findMedian } from './rounds'
import type { Row } from './table'

const SIZES = [50, 500, 5_000, 50_000]
const ROUNDS = 3

/** Measures time and memory per event in batches of 50 to 50,000. Both must not grow with the size of the batch. */
export async function measureFlatness(): Promise<Row[]> {
  const costs = SIZES.map((): Cost[] => [])
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, size] of SIZES.entries()) costs[index].push(await measureBatch(size))
  }
  const time = costs.map((rounds) => findMedian(rounds.map(({ microseconds }) => microseconds)))
  const memory = costs.map((rounds) => findMedian(rounds.map(({ bytes }) => bytes)))
  return SIZES.slice(1).flatMap((size, index): Row[] => [
    {
      name: `time per event in a batch of ${size.toLocaleString('en')}, in µs`,
      measured: time[index + 1].toFixed(0),
      against: `${time[0].toFixed(0)} in one of 50`,
      ratio: time[index + 1] / time[0],
      target: 'flat: about 1 or less'
    },
    {
      name: `memory per event in a batch of ${size.toLocaleString('en')}, in KB`,
      measured: (memory[index + 1] / 1_000).toFixed(1),
      against: `${(memory[0] / 1_000).toFixed(1)} in one of 50`,
      ratio: memory[index + 1] / memory[0],
      target: 'flat: about 1 or less'
    }
  ])
}

async function measureBatch(size: number): Promise<Cost> {
  const child = fork(join(__dirname, 'one-batch'), [String(size)], {
    execArgv: [...process.execArgv, '--expose-gc']
  })
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The measurement of a batch of ${size} ended with ${String(code)}`)
  })
  const [cost] = (await Promise.race([once(child, 'message'), failed])) as [Cost]
  child.disconnect()
  await failed.catch(() => undefined)
  return cost
}
