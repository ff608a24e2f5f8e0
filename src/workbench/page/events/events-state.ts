import { computed, signal } from '@preact/signals'
import { place } from '../place'
import type { Counts, DeliveryRow } from '../wire'
import { mergeRows } from './row-list'

const NO_COUNTS: Counts = { received: 0, failedOnIngest: 0, filtered: 0, pendingRetry: 0, failed: 0, delivered: 0 }

/** How often the list changes at most, however fast events arrive. Milliseconds. */
const FLUSH_EVERY = 100

/** The rows of the list, newest first. */
export const rows = signal<readonly DeliveryRow[]>([])

export const counts = signal<Counts>(NO_COUNTS)

/** Whether the server still has nothing at all, so that the first screen is shown. `undefined` before it has answered. */
export const isEmpty = computed(() => (hasAnswered.value ? counts.value.received === 0 : undefined))

export const connection = signal<'connecting' | 'live' | 'lost'>('connecting')

/** The list stands still while it is paused. What arrives meanwhile waits. */
export const isPaused = signal(false)

/** How many changes wait for the end of the pause. */
export const waitingCount = signal(0)

/** Why the search cannot be read, in the server's words. */
export const searchProblem = signal('')

/** The search, as it is in the URL. */
export const search = computed(() => place.value.parameters.query ?? '')

/** The selected row's sequence number, as it is in the URL. */
export const selected = computed(() => {
  const { event } = place.value.parameters
  return event === undefined ? undefined : Number(event)
})

const hasAnswered = signal(false)

let waiting: DeliveryRow[] = []
let timer: ReturnType<typeof setTimeout> | undefined

/** Puts rows into the list soon, together with what else arrives until then. */
export function takeRows(changes: readonly DeliveryRow[]): void {
  for (const change of changes) waiting.push(change)
  if (isPaused.value) waitingCount.value = waiting.length
  else timer ??= setTimeout(flush, FLUSH_EVERY)
}

export function takeCounts(now: Counts): void {
  hasAnswered.value = true
  counts.value = now
}

/** Empties the list, for another search or after everything was forgotten. */
export function emptyRows(): void {
  waiting = []
  waitingCount.value = 0
  rows.value = []
}

export function pause(): void {
  isPaused.value = true
}

export function resume(): void {
  isPaused.value = false
  flush()
}

function flush(): void {
  clearTimeout(timer)
  timer = undefined
  if (isPaused.value || waiting.length === 0) return
  rows.value = mergeRows(rows.value, waiting)
  waiting = []
  waitingCount.value = 0
}
