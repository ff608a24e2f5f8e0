import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Stretch } from './checks-run'
import type { Row } from './table'

/** Measures what the checks cost in a stream of a million observations: nothing may grow with what went before. */
export async function measureChecks(): Promise<Row[]> {
  const [early, late] = await run()
  const perSecond = (stretch: Stretch): string => Math.round(1_000_000 / stretch.microseconds).toLocaleString('en')
  const megabytes = (stretch: Stretch): string => `${(stretch.bytes / 1_000_000).toFixed(0)} MB`
  const after = (stretch: Stretch): string => `after ${stretch.observations.toLocaleString('en')}`
  return [
    {
      what: `checks: time per observation ${after(late)}, in µs`,
      measured: `${late.microseconds.toFixed(1)} (${perSecond(late)} a second)`,
      against: `${early.microseconds.toFixed(1)} ${after(early)}`,
      ratio: late.microseconds / early.microseconds,
      target: 'flat: about 1 or less'
    },
    {
      what: `checks: memory ${after(late)}`,
      measured: megabytes(late),
      against: `${megabytes(early)} ${after(early)}`,
      ratio: late.bytes / early.bytes,
      target: 'flat: about 1'
    }
  ]
}

async function run(): Promise<Stretch[]> {
  // The arguments are spelled out: those of this process may hold a script, which the child would run again.
  const child = fork(join(__dirname, 'checks-run'), [], { execArgv: ['--expose-gc'] })
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The measurement of the checks ended with ${String(code)}`)
  })
  const [stretches] = (await Promise.race([once(child, 'message'), failed])) as [Stretch[]]
  child.disconnect()
  await failed.catch(() => undefined)
  return stretches
}
