import { computed, signal } from '@preact/signals'
import type { Counts, DeliveryRow, FaultsLeft, Finding, WorkbenchInfo } from '../../workbench/api'
import { place } from '../place'
import { mergeRows } from './row-list'

const NO_COUNTS: Counts = { received: 0, failedOnIngest: 0, filtered: 0, pendingRetry: 0, failed: 0, delivered: 0 }

/** The shortest time between two changes of the list. Milliseconds. */
const FLUSH_EVERY = 100

/** The default of the server. More rows would make the page slow. */
const MAX_ROWS = 10_000

/** Facts that stay the same while the workbench runs. `undefined` before the server has answered. */
export const workbench = signal<WorkbenchInfo | undefined>(undefined)

/** Whether the server can be reached. */
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting')

/** When the connection was lost, ISO 8601. */
export const lostAt = signal('')

/** The scripts of faults and auctions that are not used up. */
export const faults = signal<FaultsLeft>({ events: [], auctions: [] })

/** The findings, most expensive first. `undefined` before the server has answered. */
export const findings = signal<readonly Finding[] | undefined>(undefined)

/** The largest number of rows. */
export const keep = computed(() => Math.min(MAX_ROWS, workbench.value?.keep ?? MAX_ROWS))

/** The rows of the list, newest first. */
export const rows = signal<readonly DeliveryRow[]>([])

export const counts = signal<Counts>(NO_COUNTS)

const hasAnswered = signal(false)

/** Whether nothing has arrived yet, so that the first screen is shown. `undefined` before the server has answered. */
export const isEmpty = computed(() => (hasAnswered.value ? counts.value.received === 0 : undefined))

/** Whether the rows are still those of an earlier search, because the server has not answered the current one. */
export const isSearching = signal(false)

/** Whether the list is paused. Changes then wait. */
export const isPaused = signal(false)

/** The number of changes that wait for the end of the pause. */
export const waitingCount = signal(0)

/** The server's message about an invalid search. */
export const searchProblem = signal('')

/** The search, as it is in the URL. */
export const search = computed(() => place.value.parameters.query ?? '')

let waiting: DeliveryRow[] = []
let gone = new Set<number>()
let timer: ReturnType<typeof setTimeout> | undefined

/** Adds rows to the list soon, together with other changes. */
export function takeRows(changes: readonly DeliveryRow[]): void {
  for (const change of changes) {
    waiting.push(change)
    gone.delete(change.sequence)
  }
  flushSoon()
}

/** Removes rows that no longer match the search. */
export function dropRows(sequences: readonly number[]): void {
  for (const sequence of sequences) gone.add(sequence)
  flushSoon()
}

/** Takes the numbers of events in each stage. */
export function takeCounts(now: Counts): void {
  hasAnswered.value = true
  counts.value = now
  if (isSearching.value) flushSoon()
}

/** Replaces the list by the next rows, for another search or after everything was forgotten. */
export function startOver(): void {
  waiting = []
  gone = new Set()
  waitingCount.value = 0
  isSearching.value = true
}

/** Stops changes of the list. */
export function pause(): void {
  isPaused.value = true
}

/** Shows all changes that came during the pause. */
export function resume(): void {
  isPaused.value = false
  flush()
}

function flushSoon(): void {
  waitingCount.value = isPaused.value ? waiting.length : 0
  // A new search replaces the list even during a pause.
  if (!isPaused.value || isSearching.value) timer ??= setTimeout(flush, FLUSH_EVERY)
}

function flush(): void {
  clearTimeout(timer)
  timer = undefined
  const before = isSearching.value ? [] : rows.value
  const merged = waiting.length === 0 ? before : mergeRows(before, waiting, keep.value)
  rows.value = gone.size === 0 ? merged : merged.filter(({ sequence }) => !gone.has(sequence))
  isSearching.value = false
  waiting = []
  gone = new Set()
  waitingCount.value = 0
}
