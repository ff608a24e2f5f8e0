import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Stretch } from './checks-run'
import type { Row } from './table'

/** Measures the checks on a stream of a million observations. Time and memory must not grow with its length. */
export async function measureChecks(): Promise<Row[]> {
  const [early, late] = await run()
  const toRate = (stretch: Stretch): string => Math.round(1_000_000 / stretch.microseconds).toLocaleString('en')
  const toMegabytes = (stretch: Stretch): string => `${(stretch.bytes / 1_000_000).toFixed(0)} MB`
  const toPlace = (stretch: Stretch): string => `after ${stretch.observations.toLocaleString('en')}`
  return [
    {
      name: `checks: time per observation ${toPlace(late)}, in µs`,
      measured: `${late.microseconds.toFixed(1)} (${toRate(late)} a second)`,
      against: `${early.microseconds.toFixed(1)} ${toPlace(early)}`,
      ratio: late.microseconds / early.microseconds,
      target: 'flat: about 1 or less'
    },
    {
      name: `checks: memory ${toPlace(late)}`,
      measured: toMegabytes(late),
      against: `${toMegabytes(early)} ${toPlace(early)}`,
      ratio: late.bytes / early.bytes,
      target: 'flat: about 1'
    }
  ]
}

async function run(): Promise<Stretch[]> {
  // Do not pass on the arguments of this process. They may contain a script, which the child would run again.
  const child = fork(join(__dirname, 'checks-run'), [], { execArgv: ['--expose-gc'] })
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The measurement of the checks ended with ${String(code)}`)
  })
  const [stretches] = (await Promise.race([once(child, 'message'), failed])) as [Stretch[]]
  child.disconnect()
  await failed.catch(() => undefined)
  return stretches
}
