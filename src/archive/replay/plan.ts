import { batchSize } from '../../pipeline'
import type { EventResult, Mapping, TakenEvent } from '../../pipeline'
import topsort from '../../destinations/topsort'
import { MAX_EVENTS_PER_REQUEST } from '../../destinations'
import { digestIds } from './journal'
import type { JournalBatch } from './journal'
import type { Routed } from './route-events'
import type { ReplaySettings } from './settings'
import { countEvents } from './retry'

/** An event with the result of its dry run, which delivery is expected to have. */
export type DryRunEvent = Routed & { expected: EventResult }

/** Events of one mapping that are sent together. */
export type Batch = JournalBatch & {
  /** Null for events that are not sent, because they fail before that. */
  mapping: Mapping | null
  items: DryRunEvent[]
}

/** How many waves are searched for space. A wave further on would delay the later events of the user too. */
const LOOK_AHEAD = 4

/** Batches that may be sent at the same time, because no two of them have events of the same user. */
export type Wave = Batch[]

/** A batch that is not full yet. `size` is how many events Topsort gets. */
type OpenBatch = { mapping: Mapping; items: DryRunEvent[]; size: number }

/**
 * Groups events into batches that fit into one request each. The events of each user stay in their order. The same events
 * and settings give the same batches with the same numbers.
 *
 * An event goes into the batch of the user's previous event, or else into a later wave.
 *
 * @param first the number of the first batch
 * @returns waves, which are sent one after another. The first one has the events that cannot be sent, in one batch
 */
export function planWaves(events: readonly DryRunEvent[], settings: ReplaySettings, first: number): Wave[] {
  const waves: OpenBatch[][] = []
  const latest = new Map<string, { wave: number; batch: OpenBatch }>()
  const failed: DryRunEvent[] = []

  function findBatch(item: DryRunEvent, size: number, user: string): { wave: number; batch: OpenBatch } {
    const before = latest.get(user)
    if (before?.batch.mapping === item.mapping && hasRoom(before.batch, size)) return before
    const from = before ? before.wave + 1 : 0
    for (let wave = from; wave < Math.min(waves.length, from + LOOK_AHEAD); wave += 1) {
      const batch = waves[wave].find((open) => open.mapping === item.mapping && hasRoom(open, size))
      if (batch) return { wave, batch }
    }
    // A wave that has events of this mapping is full of them, but another batch of it may be sent at the same time.
    const wave = from
    waves[wave] ??= []
    const batch = { mapping: item.mapping, items: [], size: 0 }
    waves[wave].push(batch)
    return { wave, batch }
  }

  function hasRoom({ size, items, mapping }: OpenBatch, more: number): boolean {
    const most = batchSize({ definition: topsort, settings, mapping })
    return items.length < most && size + more <= MAX_EVENTS_PER_REQUEST
  }

  for (const item of events) {
    if (!item.expected.ok) {
      failed.push(item)
      continue
    }
    const size = sizeOf(item.expected)
    const user = userOf(item.event)
    const found = findBatch(item, size, user)
    found.batch.items.push(item)
    found.batch.size += size
    latest.set(user, found)
  }

  let number = first
  const toBatch = (mapping: Mapping | null, items: DryRunEvent[]): Batch => ({
    number: number++,
    events: items.length,
    ids: digestIds([mapping?.name ?? '', ...items.map(({ event }) => event.messageId)]),
    mapping,
    items
  })
  const failures = failed.length > 0 ? [[toBatch(null, failed)]] : []
  return [...failures, ...waves.map((wave) => wave.map(({ mapping, items }) => toBatch(mapping, items)))]
}

/** Returns how many events Topsort gets. A pair of linked users counts as a whole request, because it needs one. */
function sizeOf({ sent }: EventResult): number {
  const body = Object(sent) as Record<string, unknown>
  if (Object.keys(body).length === 0) return 0
  return 'from' in body && 'to' in body ? MAX_EVENTS_PER_REQUEST : countEvents(body)
}

function userOf({ anonymousId, userId }: TakenEvent): string {
  return anonymousId ?? userId ?? ''
}
