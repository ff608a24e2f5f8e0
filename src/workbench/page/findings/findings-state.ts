import { signal } from '@preact/signals'
import type { Finding } from '../../api'

/** What was found so far, most expensive first. `undefined` before the server has answered. */
export const findings = signal<readonly Finding[] | undefined>(undefined)

/** How many findings are about money or data. */
export function countProblems(): number {
  return (findings.value ?? []).filter(({ severity }) => severity.startsWith('loses')).length
}
