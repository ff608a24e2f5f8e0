import { signal } from '@preact/signals'
import type { Finding } from '../../api'

/** What was found so far, most expensive first. `undefined` before the server has answered. */
export const findings = signal<readonly Finding[] | undefined>(undefined)
