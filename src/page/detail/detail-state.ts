import { signal } from '@preact/signals'
import { get, WorkbenchError } from '../api'
import type { WholeDelivery } from '../../workbench/api'

/** The open event. `undefined` while it is loaded. */
export const detail = signal<WholeDelivery | undefined>(undefined)

/** Why the event cannot be shown. */
export const detailProblem = signal('')

let request: AbortController | undefined

/** Loads an event with all details. A later call replaces an earlier one. */
export async function loadDetail(sequence: number): Promise<void> {
  request?.abort()
  request = new AbortController()
  const { signal: stop } = request
  try {
    const whole = await get<WholeDelivery>(`/workbench/deliveries/${sequence}`, stop)
    if (stop.aborted) return
    detail.value = whole
    detailProblem.value = ''
  } catch (error) {
    if (stop.aborted) return
    detail.value = undefined
    detailProblem.value =
      error instanceof WorkbenchError && error.status === 404
        ? 'This event is gone. Only the newest are kept, and clearing removes all.'
        : (error as Error).message
  }
}
