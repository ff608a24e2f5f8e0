import { signal } from '@preact/signals'
import type { Finding } from '../../api'
import { afterChanges } from '../after-changes'
import { get } from '../api'
import { arrivals, shoppers, toAccountId } from './tracking'

/** What is found about the shoppers of this tab. */
export const visitFindings = signal<Finding[]>([])

/** The SDK sends at once, and the checks are as quick. Milliseconds. */
const PAUSE = 400

/** Reads the findings again after each event. Returns the function that stops it. */
export function watchFindings(): () => void {
  return afterChanges(
    () => arrivals.value,
    PAUSE,
    () => void readFindings()
  )
}

async function readFindings(): Promise<void> {
  const users = shoppers.value.flatMap((id) => [id, toAccountId(id)])
  const findings = await get<Finding[]>('/workbench/findings?wait')
  visitFindings.value = findings.filter(({ severity, samples }) => {
    return severity !== 'good news' && samples.some(({ user }) => user !== undefined && users.includes(user))
  })
}
