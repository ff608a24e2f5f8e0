import { InputError } from '../../core'
import { MAX_EVENTS_PER_REQUEST, previews, type Settings } from '../../destinations'
import topsort from '../../destinations/topsort'
import { batchSize, createDryRun, type DryRun, type EventResult, type Mapping, type TakenEvent } from '../../pipeline'
import type { Source } from '../read'
import { digestIds, type JournalBatch } from './journal'
import { createArchiveRouter, readEvents, type RouteCounts, type Routed, type RouteOptions } from './route-events'
import { countEvents } from './retry'

/** The destination's settings. This is a type, because the framework does not accept the generated interface as JSON. */
export type ReplaySettings = Pick<Settings, keyof Settings>

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
type Wave = Batch[]

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

/** The files to read, and the options that decide what is sent. */
export type PlanOptions = RouteOptions & { sources: readonly Source[]; settings: ReplaySettings }

/** The size of a stretch, and a hash that identifies its events. */
export type StretchSummary = {
  batches: number
  /** Pairs of a Segment event and a mapping that takes it. */
  events: number
  /** A hash of the message ids and their mappings. */
  ids: string
}

/** The plan of some thousand events of the archive. */
export type Stretch = {
  /** Empty if the stretch is settled. */
  waves: Wave[]
  summary: StretchSummary
  isSettled: boolean
  /** The counts so far. */
  counts: Readonly<RouteCounts>
  /** How many bytes of the files were read so far, as they are stored. */
  bytes: number
}

/**
 * How many events are planned together. More would make better batches, and take more memory. The number is fixed, because
 * a store may return a file in other pieces the next time.
 */
const STRETCH = 5_000

/**
 * Reads an archive and plans what to send, stretch after stretch. Sends nothing. The same archive and settings give the
 * same batches with the same numbers.
 *
 * @param settled the first stretches of an earlier plan, all of whose batches have a result. They are read, because a later
 *   event may repeat one of theirs, but they are not planned, which takes longer
 * @throws StopError if a file cannot be read
 * @throws InputError if a settled stretch has other events now
 */
export async function* planArchive(
  options: PlanOptions,
  settled: readonly StretchSummary[] = []
): AsyncGenerator<Stretch> {
  const { sources, settings } = options
  const router = createArchiveRouter(options)
  const dryRuns = new Map<string, DryRun>()
  const routed: Routed[] = []
  let planned = 0
  let first = 1
  let bytes = 0

  async function plan(): Promise<Stretch> {
    const events = routed.splice(0, STRETCH)
    const ids = digestIds(events.flatMap(({ event, mapping }) => [mapping.name, event.messageId]))
    const earlier = settled.at(planned)
    planned += 1
    if (earlier && earlier.ids !== ids) throw new InputError(toMismatch(events))
    const waves = earlier ? [] : planWaves(await dryRunAll(events), settings, first)
    const batches = earlier?.batches ?? waves.reduce((count, wave) => count + wave.length, 0)
    first += batches
    const summary = { batches, events: events.length, ids }
    return { waves, summary, isSettled: earlier !== undefined, counts: router.counts, bytes }
  }

  async function dryRunAll(events: readonly Routed[]): Promise<DryRunEvent[]> {
    const results: DryRunEvent[] = []
    for (const event of events) {
      const { mapping } = event
      const dryRun = dryRuns.get(mapping.name) ?? createDryRun(topsort, settings, mapping, previews)
      dryRuns.set(mapping.name, dryRun)
      results.push({ ...event, expected: await dryRun(event.event) })
    }
    return results
  }

  for await (const batch of readEvents(sources)) {
    bytes += batch.bytes
    routed.push(...router.route(batch))
    while (routed.length >= STRETCH) yield await plan()
  }
  yield await plan()
}

function toMismatch(events: readonly Routed[]): string {
  const start = events.length > 0 ? `The part of the archive that starts at ${events[0].place}` : 'The archive'
  return `${start} has other events than when the replay started. Restore the archive.`
}
