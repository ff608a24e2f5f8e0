import { signal } from '@preact/signals'
import type { Finding } from '../../workbench/api'

/** The findings, most expensive first. `undefined` before the server has answered. */
export const findings = signal<readonly Finding[] | undefined>(undefined)
