import type { SegmentEvent } from '@segment/actions-core'
import { toUtc } from '../../core'
import topsort from '../../destinations/topsort'
import { createRouter, type Filter, type LeftOut, type Mapping, type TakenEvent } from '../../pipeline'
import { createSeenEvents } from '../preflight/seen-events'
import { type ArchiveBatch, formatPlace, openSource, type Place, readInOrder, type Source } from '../read'
import type { Select } from '../select'
import { splitRejected } from './rejected'
import { StopError } from './stop'

/** An event that a mapping takes. */
export type Routed = {
  /** The event for the mapping, without what filters drop. */
  event: TakenEvent
  /** The event as it is in the archive. */
  original: SegmentEvent
  mapping: Mapping
  /** The place in the archive, such as `file:12`. */
  place: string
}

const NO_COUNTS = {
  events: 0,
  unreadable: 0,
  notSelected: 0,
  tooOld: 0,
  repeats: 0,
  excluded: 0,
  filtered: 0,
  unmapped: 0,
  /** Events with a message id that is made from their content. */
  madeIds: 0
}

/** Counts of the records of an archive, and of those that reach no mapping. */
export type RouteCounts = typeof NO_COUNTS

export type RouteOptions = {
  mappings: readonly Mapping[]
  filters: readonly Filter[]
  select: Select
  /** Events before this time are left out, in epoch milliseconds. */
  notBefore: number
  /** Treats the events as Segment's own Replay does: for this destination only, and without filters. */
  asSegmentReplay: boolean
}

/** The place of an event. If an earlier replay rejected the event, `only` is the mapping that may take it. */
type RoutedPlace = Place & { only?: string }

/**
 * Creates a router, which decides which mappings take the events of an archive, and counts what is left out.
 *
 * @throws Error if the trigger of a mapping cannot be parsed
 */
export function createArchiveRouter(options: RouteOptions) {
  const { filters, select, notBefore, asSegmentReplay } = options
  const mappings = options.mappings.filter(({ enabled }) => enabled)
  const names = new Set(mappings.map(({ name }) => name))
  const seen = createSeenEvents()
  const route = createRouter<RoutedPlace>({
    destination: topsort.name,
    mappings,
    filters,
    asSegmentReplay,
    isRepeat({ messageId, receivedAt }, { only, ...place }) {
      // An event that two mappings rejected is there twice.
      const id = only === undefined ? messageId : `${only}\n${messageId}`
      return seen.isRepeat(id, toUtc(receivedAt) || 0, place)
    }
  })
  const counts = { ...NO_COUNTS }

  function routeEvent(read: TakenEvent, file: string, line: number): Routed[] {
    const { mapping: rejectedBy, event } = splitRejected(read) as { mapping: string | undefined; event: TakenEvent }
    if (!select(event, file)) return leaveOut('notSelected')
    if (toUtc(event.timestamp) < notBefore) return leaveOut('tooOld')
    const only = rejectedBy !== undefined && names.has(rejectedBy) ? rejectedBy : undefined
    const routed = route(event, { file, line, only })
    if ('leftOut' in routed) return leaveOut(routed.leftOut)

    const takers = routed.takers.map((index) => mappings[index]).filter(({ name }) => (only ?? name) === name)
    if (takers.length === 0) return leaveOut('unmapped')
    const place = formatPlace({ file, line })
    return takers.map((mapping) => ({ event: routed.event, original: event, mapping, place }))
  }

  function leaveOut(reason: LeftOut['leftOut'] | 'unreadable' | 'notSelected' | 'tooOld'): Routed[] {
    counts[reason] += 1
    return []
  }

  return {
    counts,
    route({ records }: ArchiveBatch): Routed[] {
      return records.flatMap((record) => {
        if (!record.ok) return leaveOut('unreadable')
        counts.events += 1
        if (record.hasGeneratedId) counts.madeIds += 1
        return routeEvent(record.event, record.file, record.line)
      })
    }
  }
}

/**
 * Reads the files of an archive roughly in order of receipt. A line that cannot be read costs only itself. But a file that
 * disappears, or that the disk or the network fails to return, stops the replay. Without the file, all later events would
 * be in other batches.
 *
 * @throws StopError if the bytes of a file cannot be read
 */
export async function* readEvents(sources: readonly Source[]): AsyncGenerator<ArchiveBatch> {
  const failures: StopError[] = []
  for await (const batch of readInOrder(sources, { open: (source) => watch(source, failures) })) {
    if (failures.length > 0) throw failures[0]
    yield batch
  }
}

/** Records errors of the disk and the network. The reader reports errors of decompression and parsing. */
async function* watch(source: Source, failures: StopError[]): AsyncGenerator<Uint8Array> {
  try {
    yield* await openSource(source)
  } catch (error) {
    failures.push(
      new StopError(
        `${source.name} cannot be read: ${(error as Error).message}. Put the file back, or make it readable.`
      )
    )
    throw error
  }
}
