import topsort from '../../destinations/topsort'
import { createTrial } from '../../pipeline'
import type { Attempt, Trial } from '../../pipeline'
import type { Source } from '../read'
import { planWaves } from './plan'
import type { Tried, Wave } from './plan'
import { readEvents } from './read-events'
import { createArchiveRouter } from './route-events'
import type { RouteCounts, Routed, RouteOptions } from './route-events'
import type { ReplaySettings } from './settings'

/** The files to read, and the options that decide what is sent. */
export type PlanOptions = RouteOptions & { sources: readonly Source[]; settings: ReplaySettings }

/** The plan of some thousand events of the archive. */
export type Stretch = {
  waves: Wave[]
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

/** How many events are tried in one go. More would block everything else for too long. */
const TRIAL = 50

/**
 * Reads an archive and plans what to send, stretch after stretch. Sends nothing. The same archive and settings give the
 * same batches with the same numbers.
 *
 * @throws StopError if a file cannot be read
 */
export async function* planArchive(options: PlanOptions): AsyncGenerator<Stretch> {
  const { sources, settings } = options
  const router = createArchiveRouter(options)
  const trials = new Map<string, Trial>()
  const routed: Routed[] = []
  let first = 1
  let bytes = 0

  async function plan(): Promise<Stretch> {
    const waves = planWaves(await tryAll(routed.splice(0, STRETCH)), settings, first)
    first += waves.reduce((count, wave) => count + wave.length, 0)
    return { waves, counts: router.counts, bytes }
  }

  async function tryAll(events: readonly Routed[]): Promise<Tried[]> {
    const trialOf = new Map<Routed, Attempt>()
    for (const [mapping, all] of groupByMapping(events)) {
      const trial = trials.get(mapping.name) ?? createTrial(topsort, settings, mapping)
      trials.set(mapping.name, trial)
      for (let start = 0; start < all.length; start += TRIAL) {
        const some = all.slice(start, start + TRIAL)
        const attempts = await trial(some.map(({ event }) => event))
        some.forEach((event, index) => trialOf.set(event, attempts[index]))
      }
    }
    return events.flatMap((event) => {
      const trial = trialOf.get(event)
      return trial ? [{ ...event, trial }] : []
    })
  }

  for await (const batch of readEvents(sources)) {
    bytes += batch.bytes
    routed.push(...router.route(batch))
    while (routed.length >= STRETCH) yield await plan()
  }
  yield await plan()
}

function groupByMapping(events: readonly Routed[]): Map<Routed['mapping'], Routed[]> {
  const groups = new Map<Routed['mapping'], Routed[]>()
  for (const event of events) {
    const group = groups.get(event.mapping)
    if (group) group.push(event)
    else groups.set(event.mapping, [event])
  }
  return groups
}
