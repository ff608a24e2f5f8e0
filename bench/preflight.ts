/**
 * Measures preflight, and the plan of a replay, with generated archives of 100,000 and a million events. Prints one table:
 * `npm run bench:archive`. It takes some minutes. Compare ratios on a machine that does nothing else.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateArchive } from '../scripts/archive/generate'
import type { Measurement, Way } from './preflight-run'
import { compare } from './rounds'
import { type Row, toTable } from './table'

const ROUNDS = 2
const SMALL = 100_000
const LARGE = 1_000_000

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const [small, large] = [join(folder, 'small'), join(folder, 'large')]
    await generateArchive({ out: small, events: SMALL, users: 5_000, days: 30, seed: 1 })
    await generateArchive({ out: large, events: LARGE, users: 50_000, days: 30, seed: 1 })

    const memory = new Map<string, number>()
    const run = async (archive: string, way: Way, ...args: string[]): Promise<number> => {
      const { milliseconds, megabytes } = await measure(way, join(archive, 'segment-logs'), args)
      memory.set(nameOf(archive, way, args), megabytes)
      return milliseconds
    }
    const nameOf = (archive: string, way: Way, args: string[] = []): string => [archive, way, ...args].join(' ')
    const memoryOf = (archive: string, way: Way, ...args: string[]): number =>
      memory.get(nameOf(archive, way, args)) ?? NaN
    const flatness = (name: string, way: Way): Row => ({
      name,
      measured: `${memoryOf(large, way).toFixed(0)} MB`,
      against: `${memoryOf(small, way).toFixed(0)} MB for 100,000`,
      ratio: memoryOf(large, way) / memoryOf(small, way),
      target: 'at most 1.15, and under 300 MB'
    })
    const speed = await compare(
      ROUNDS,
      () => run(large, 'preflight'),
      () => run(large, 'parse')
    )
    await run(small, 'preflight')
    await run(small, 'plan')
    await run(large, 'plan')
    const seconds = (milliseconds: number): string => (milliseconds / 1_000).toFixed(1)
    console.log(
      toTable([
        {
          name: 'preflight: processor time for a million events, in s',
          measured: seconds(speed.first),
          against: `${seconds(speed.second)} for gunzip and JSON.parse`,
          ratio: speed.ratio,
          target: 'at most 6'
        },
        flatness('preflight: memory for a million events', 'preflight'),
        flatness('replay: memory to plan a million events', 'plan')
      ])
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measure(way: Way, folder: string, args: string[]): Promise<Measurement> {
  const child = fork(join(__dirname, 'preflight-run'), [way, folder, ...args])
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The measurement of ${way} ended with ${String(code)}`)
  })
  const [measurement] = (await Promise.race([once(child, 'message'), failed])) as [Measurement]
  child.disconnect()
  await failed.catch(() => undefined)
  return measurement
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
