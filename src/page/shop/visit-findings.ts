import { signal } from '@preact/signals'
import type { Finding } from '../../workbench/api'
import { afterChanges } from '../after-changes'
import { get } from '../api'
import { isGoodNews } from '../ui'
import { arrivals, shoppers, toAccountId } from './tracking'

/** The findings about the shoppers of this tab. */
export const visitFindings = signal<Finding[]>([])

/** The pause before the findings are read. The SDK and the checks are faster. Milliseconds. */
const PAUSE = 400

/** Reads the findings after each event. Returns a function that stops it. */
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
  visitFindings.value = findings.filter((finding) => {
    return !isGoodNews(finding) && finding.samples.some(({ user }) => user !== undefined && users.includes(user))
  })
}
