import { signal } from '@preact/signals'
import type { WorkbenchInfo } from '../workbench/api'

/** Facts that stay the same while the workbench runs. `undefined` before the server has answered. */
export const workbench = signal<WorkbenchInfo | undefined>(undefined)

/** Whether the server can be reached. */
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting')
