import { signal } from '@preact/signals'
import type { Finding } from '../../api'

/** The findings, most expensive first. `undefined` before the server has answered. */
export const findings = signal<readonly Finding[] | undefined>(undefined)
