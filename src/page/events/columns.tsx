import { computed, signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { Badge } from '../ui'
import { formatTime } from '../format'
import type { DeliveryRow } from '../../workbench/api'
import { resultOf, STAGE_TONES, titleOf, userOf } from './row-text'

/** A column of the list of events. */
export type EventColumn = {
  key: string
  title: string
  /** The width for `grid-template-columns`. */
  width: string
  isShown: boolean
  cell: (row: DeliveryRow) => ComponentChildren
}

const COLUMNS: EventColumn[] = [
  {
    key: 'time',
    title: 'Time',
    width: '104px',
    isShown: true,
    cell: ({ receivedAt }) => <time dateTime={receivedAt}>{formatTime(receivedAt)}</time>
  },
  { key: 'event', title: 'Event', width: 'minmax(140px, 1.1fr)', isShown: true, cell: titleOf },
  { key: 'user', title: 'User', width: 'minmax(80px, 0.6fr)', isShown: true, cell: userOf },
  {
    key: 'mapping',
    title: 'Mapping',
    width: 'minmax(100px, 0.7fr)',
    isShown: true,
    cell: ({ mapping }) => mapping ?? '–'
  },
  {
    // Browsers have saved this key.
    key: 'outcome',
    title: 'Result',
    width: '164px',
    isShown: true,
    cell: (row) => <Badge tone={STAGE_TONES[row.stage]}>{resultOf(row)}</Badge>
  },
  { key: 'message', title: 'Message', width: 'minmax(120px, 1.5fr)', isShown: true, cell: ({ message }) => message },
  {
    key: 'findings',
    title: 'Findings',
    width: 'minmax(128px, 0.8fr)',
    isShown: true,
    cell: ({ findings }) =>
      findings.map((code) => (
        <Badge key={code} tone="waiting">
          {code}
        </Badge>
      ))
  },
  {
    key: 'id',
    title: 'Message id',
    width: 'minmax(120px, 1fr)',
    isShown: false,
    cell: ({ event }) => event?.messageId ?? ''
  },
  { key: 'type', title: 'Type', width: '80px', isShown: false, cell: ({ event }) => event?.type ?? '' }
]

const STORE = 'topsort-workbench-columns'

/** The keys of the columns that are shown. The browser keeps the choice. */
export const shownKeys = signal<readonly string[]>(readChoice())

/** All columns, in their order. */
export const columns: readonly EventColumn[] = COLUMNS

export const shownColumns = computed(() => COLUMNS.filter(({ key }) => shownKeys.value.includes(key)))

/** Shows or hides a column, and keeps the choice. */
export function showColumn(key: string, isShown: boolean): void {
  shownKeys.value = COLUMNS.map((column) => column.key).filter((other) =>
    other === key ? isShown : shownKeys.value.includes(other)
  )
  localStorage.setItem(STORE, JSON.stringify(shownKeys.value))
}

function readChoice(): readonly string[] {
  const byDefault = COLUMNS.filter(({ isShown }) => isShown).map(({ key }) => key)
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORE) ?? '')
    return Array.isArray(kept) && kept.includes('event') ? kept.map(String) : byDefault
  } catch {
    return byDefault
  }
}
