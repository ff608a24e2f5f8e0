/**
 * Measures preflight with generated archives of 100,000 and a million events, and prints one table: `npm run
 * bench:archive`. It takes some minutes. Compare ratios on a machine that does nothing else.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateArchive } from '../scripts/archive/generate'
import type { Measurement, Way } from './preflight-run'
import { compare } from './rounds'
import { toTable } from './table'

const ROUNDS = 2
const SMALL = 100_000
const LARGE = 1_000_000

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const [small, large] = [join(folder, 'small'), join(folder, 'large')]
    await generateArchive({ out: small, events: SMALL, users: 5_000, days: 30, seed: 1 })
    await generateArchive({ out: large, events: LARGE, users: 50_000, days: 30, seed: 1 })

    const memory: Record<'small' | 'large', number> = { small: 0, large: 0 }
    const run = async (archive: string, way: Way, ...args: string[]): Promise<number> => {
      const { milliseconds, megabytes } = await measure(way, join(archive, 'segment-logs'), args)
      if (way === 'preflight' && args.length === 0) memory[archive === small ? 'small' : 'large'] = megabytes
      return milliseconds
    }
    const speed = await compare(
      ROUNDS,
      () => run(large, 'parse'),
      () => run(large, 'preflight')
    )
    const threads = await compare(
      ROUNDS,
      () => run(large, 'preflight'),
      () => run(large, 'preflight', '--workers', '2')
    )
    await run(small, 'preflight')
    const perSecond = (milliseconds: number): string => Math.round((LARGE * 1_000) / milliseconds).toLocaleString('en')
    console.log(
      toTable([
        {
          name: 'preflight: events per second',
          measured: perSecond(speed.second),
          against: `${perSecond(speed.first)} only read and parsed`,
          ratio: speed.ratio,
          target: 'at least 0.25'
        },
        {
          name: 'preflight: events per second with two threads',
          measured: perSecond(threads.second),
          against: `${perSecond(threads.first)} with one`,
          ratio: threads.ratio,
          target: 'at least 1.7'
        },
        {
          name: 'preflight: memory for a million events',
          measured: `${memory.large.toFixed(0)} MB`,
          against: `${memory.small.toFixed(0)} MB for 100,000`,
          ratio: memory.large / memory.small,
          target: 'flat, and under 300 MB'
        }
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
