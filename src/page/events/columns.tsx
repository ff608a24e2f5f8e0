import { computed } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { SEVERITIES } from '../../checks/severities'
import type { DeliveryRow } from '../../workbench/api'
import { Time } from '../components/texts'
import { listPrecision } from '../format'
import { keptSignal } from '../kept-signal'
import { findings } from '../stream/signals'
import { Badge, type Tone } from '../ui'
import { About, Ad, Filter, Outcome, Value } from './cells'
import { problemOf, titleOf, userOf } from './row-text'

/** A column of the list of events. */
export type EventColumn = {
  key: string
  title: string
  /** The smallest width, in pixels. Without one, the column is a second line of its row, if it has something to say. */
  width?: number
  /** Its share of the space that is left. Default: 0. */
  share?: number
  /** Whether it is hidden until somebody chooses it. */
  isOptional?: true
  cell: (row: DeliveryRow) => ComponentChildren
}

/** A time with its date is wider. */
export const TIME_WIDTH = 90
export const DATE_WIDTH = 118

const COLUMNS: EventColumn[] = [
  {
    key: 'time',
    title: 'Time',
    width: TIME_WIDTH,
    cell: ({ receivedAt }) => <Time at={receivedAt} precision={listPrecision(receivedAt)} />
  },
  { key: 'event', title: 'Event', width: 152, share: 1, cell: titleOf },
  {
    key: 'user',
    title: 'User',
    width: 76,
    cell: (row) => userOf(row) && <Filter by="user" value={userOf(row)} isInRow />
  },
  { key: 'about', title: 'About', width: 122, share: 2, cell: (row) => <About row={row} isInRow /> },
  { key: 'ad', title: 'Ad', width: 72, cell: (row) => <Ad row={row} isInRow /> },
  { key: 'value', title: 'Value and credit', width: 226, share: 0.5, cell: (row) => <Value row={row} isInRow /> },
  {
    key: 'mapping',
    title: 'Mapping',
    width: 100,
    isOptional: true,
    cell: ({ mapping }) => mapping !== null && <Filter by="mapping" value={mapping} isInRow />
  },
  // Browsers have saved this key.
  { key: 'outcome', title: 'Result', width: 140, cell: (row) => <Outcome row={row} isInRow /> },
  {
    key: 'id',
    title: 'Message id',
    width: 120,
    share: 0.5,
    isOptional: true,
    cell: ({ event }) => event && <Filter by="id" value={event.messageId} isInRow />
  },
  { key: 'type', title: 'Type', width: 70, isOptional: true, cell: ({ event }) => event?.type ?? '' },
  { key: 'findings', title: 'Findings', cell: showFindings },
  { key: 'message', title: 'Message', cell: (row) => <span title={problemOf(row)}>{problemOf(row)}</span> }
]

function showFindings(row: DeliveryRow) {
  return row.findings.map((code) => (
    <Filter key={code} by="finding" value={code} isInRow>
      <Badge tone={toneOfFinding(code)}>{code}</Badge>
    </Filter>
  ))
}

/** Returns the color of the severity of a finding. */
export function toneOfFinding(code: string): Tone {
  const severity = findings.value?.find((finding) => finding.code === code)?.severity
  return severity === undefined ? 'neutral' : SEVERITIES[severity].tone
}

/** The keys of the columns that are shown. The browser keeps the choice. */
export const shownKeys = keptSignal<readonly string[]>(
  localStorage,
  'topsort-workbench-event-columns',
  COLUMNS.filter(({ isOptional }) => !isOptional).map(({ key }) => key),
  (kept) => Array.isArray(kept) && kept.includes('event')
)

/** All columns, in their order. */
export const columns: readonly EventColumn[] = COLUMNS

export const shownColumns = computed(() => COLUMNS.filter(({ key }) => shownKeys.value.includes(key)))

/** Shows or hides a column, and keeps the choice. */
export function showColumn(key: string, isShown: boolean): void {
  shownKeys.value = COLUMNS.map((column) => column.key).filter((other) =>
    other === key ? isShown : shownKeys.value.includes(other)
  )
}
