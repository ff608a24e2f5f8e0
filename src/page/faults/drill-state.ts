import { computed, signal } from '@preact/signals'
import type { DeliveryRow } from '../../workbench/api'
import { get, post, put } from '../api'
import { sendSample } from '../first-screen/send-sample'
import { orNotify } from '../notice'
import { isEmpty, rows } from '../stream/signals'

/** A rehearsal of an outage. Rows are named by their sequences. */
type Drill = {
  /** The newest row before the outage. */
  from: number
  /** The newest row at its end. Absent while it lasts. */
  to?: number
  /** Whether the lost events were replayed. */
  isReplayed: boolean
}

/** An event of the outage at one mapping. */
export type DrillEvent = {
  row: DeliveryRow
  /** What became of it in the replay. */
  replayed?: DeliveryRow
}

export const drill = signal<Drill | undefined>(undefined)

/** The events of the outage, oldest first. */
export const drillEvents = computed<DrillEvent[]>(() => {
  const { from, to = Infinity } = drill.value ?? { from: Infinity }
  const later = rows.value.filter(({ sequence, event, mapping }) => sequence > from && event && mapping !== null)
  return later
    .filter(({ sequence }) => sequence <= to)
    .toReversed()
    .map((row) => ({ row, replayed: later.find((other) => other.sequence > to && isSameDelivery(other, row)) }))
})

/** The message ids of the events that are lost without a replay. */
export const lostIds = computed(() => [
  ...new Set(drillEvents.value.flatMap(({ row }) => (row.stage === 'failed' ? (row.event?.messageId ?? []) : [])))
])

/** How many events Topsort has stored, by message id. `undefined` before the comparison. */
export const stored = signal<ReadonlyMap<string, number> | undefined>(undefined)

/** Whether the rows are there that were before the drill. */
export const canStart = computed(() => isEmpty.value === true || rows.value.length > 0)

/** Starts an outage that lasts until it is ended, and sends the sample. */
export async function startDrill(): Promise<void> {
  await orNotify(async () => {
    await put('/workbench/faults', [{ status: 503, until: 'ended' }])
    stored.value = undefined
    drill.value = { from: newestSequence(), isReplayed: false }
    await sendSample()
  })
}

/** Ends the outage. */
export async function endOutage(): Promise<void> {
  await orNotify(async () => {
    await put('/workbench/faults', [])
    if (drill.value) drill.value = { ...drill.value, to: newestSequence() }
  })
}

/** Replays the lost events, and reads what Topsort has stored. */
export async function replayLost(): Promise<void> {
  await orNotify(async () => {
    const ids = lostIds.value
    await post('/workbench/replay', { messageIds: ids })
    if (drill.value) drill.value = { ...drill.value, isReplayed: true }
    stored.value = countStored(await get<Ledger>('/workbench/ledger?wait'), ids)
  })
}

/** Forgets the drill, and ends its outage. */
export async function dropDrill(): Promise<void> {
  if (drill.value && drill.value.to === undefined) await endOutage()
  drill.value = undefined
}

const TYPES = ['impressions', 'clicks', 'purchases', 'pageviews'] as const

type Ledger = Record<(typeof TYPES)[number], { id: string; repeat?: true }[]>

/** Events that one call becomes have its id as the start of theirs. */
function countStored(ledger: Ledger, ids: readonly string[]): Map<string, number> {
  const kept = TYPES.flatMap((type) => ledger[type].filter(({ repeat }) => !repeat))
  return new Map(ids.map((own) => [own, kept.filter(({ id }) => id === own || id.startsWith(`${own}-`)).length]))
}

function newestSequence(): number {
  return rows.value.at(0)?.sequence ?? 0
}

function isSameDelivery(one: DeliveryRow, other: DeliveryRow): boolean {
  return one.event?.messageId === other.event?.messageId && one.mapping === other.mapping
}
