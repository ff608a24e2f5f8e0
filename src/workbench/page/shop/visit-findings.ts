import { effect, signal } from '@preact/signals'
import type { Finding } from '../../../checks'
import { get } from '../api'
import { accountId, arrivals, shopperId } from './tracking'

/** What is found about this visitor. */
export const visitFindings = signal<Finding[]>([])

/** The SDK sends at once, and the checks are as quick. Milliseconds. */
const PAUSE = 400

/** Reads the findings again after each event. Returns the function that stops it. */
export function watchFindings(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = effect(() => {
    if (arrivals.value === 0) return
    clearTimeout(timer)
    timer = setTimeout(() => void readFindings(), PAUSE)
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

async function readFindings(): Promise<void> {
  const users = [await shopperId(), await accountId()]
  const findings = await get<Finding[]>('/workbench/findings?wait')
  visitFindings.value = findings.filter(({ severity, samples }) => {
    return severity !== 'good news' && samples.some(({ user }) => user !== undefined && users.includes(user))
  })
}
