import { signal } from '@preact/signals'
import type { WholeDelivery } from '../../workbench/api'
import { get } from '../api'
import { rows } from '../stream/signals'

/** The Segment calls of the newest events that a mapping took, for the completion of paths. */
export const recentCalls = signal<readonly unknown[]>([])

/** Their paths differ little, so a few are enough. */
const READ = 6

/** Reads the newest calls of a mapping. Calls that were dropped in the meantime are omitted. */
export async function readRecentCalls(mapping: string): Promise<void> {
  const newest = rows.value.filter((row) => row.mapping === mapping).slice(0, READ)
  const answers = await Promise.allSettled(
    newest.map(({ sequence }) => get<WholeDelivery>(`/workbench/deliveries/${sequence}`))
  )
  recentCalls.value = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.call] : []))
}
