import { previews } from '../../destinations'
import topsort from '../../destinations/topsort'
import { createDryRun } from '../../pipeline'
import type { DryRun } from '../../pipeline'
import { InputError } from '../../core'
import type { Source } from '../read'
import { digestIds } from './journal'
import { planWaves } from './plan'
import type { DryRunEvent, Wave } from './plan'
import { readEvents } from './read-events'
import { createArchiveRouter } from './route-events'
import type { RouteCounts, Routed, RouteOptions } from './route-events'
import type { ReplaySettings } from './settings'

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
