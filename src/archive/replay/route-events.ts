import type { SegmentEvent } from '@segment/actions-core'
import topsort from '../../destinations/topsort'
import { applyFilters, filterOf, isMeantFor } from '../../pipeline'
import type { Filter, Filtered, Mapping, TakenEvent } from '../../pipeline'
import { createSeenEvents } from '../preflight/seen-events'
import { formatPlace } from '../read'
import type { ArchiveBatch } from '../read'
import type { Select } from '../select'
import { splitRejected } from './rejected'

/** An event that a mapping takes. */
export type Routed = {
  /** As the mapping gets it: without what filters drop. */
  event: TakenEvent
  /** As it is in the archive. */
  original: SegmentEvent
  mapping: Mapping
  /** Where it is in the archive. */
  place: string
}

/** Counts of the records of an archive, and of those that reach no mapping. */
export type RouteCounts = {
  events: number
  unreadable: number
  notSelected: number
  tooOld: number
  repeats: number
  excluded: number
  filtered: number
  unmapped: number
  /** Events with a message id that is made from their content. */
  madeIds: number
}

export type RouteOptions = {
  mappings: readonly Mapping[]
  filters: readonly Filter[]
  select: Select
  /** Events before this time are left out, in epoch milliseconds. */
  notBefore: number
  /** Treats the events as Segment's own Replay does: meant for this destination only, and not filtered. */
  asSegmentReplay: boolean
}

/** Decides which mappings take which events, and counts what is left out. */
export type Router = {
  route: (batch: ArchiveBatch) => Routed[]
  counts: RouteCounts
}

export function createRouter(options: RouteOptions): Router {
  const { filters, select, notBefore, asSegmentReplay } = options
  const mappings = options.mappings.filter(({ enabled }) => enabled)
  const routes = mappings.map((mapping) => ({ mapping, takes: filterOf(mapping) }))
  const names = new Set(mappings.map(({ name }) => name))
  const seen = createSeenEvents()
  const counts: RouteCounts = {
    events: 0,
    unreadable: 0,
    notSelected: 0,
    tooOld: 0,
    repeats: 0,
    excluded: 0,
    filtered: 0,
    unmapped: 0,
    madeIds: 0
  }

  function routeEvent(read: TakenEvent, file: string, line: number): Routed[] {
    const { mapping: rejectedBy, event } = splitRejected(read) as { mapping: string | undefined; event: TakenEvent }
    if (!select(event, file)) return leaveOut('notSelected')
    if (Date.parse(String(event.timestamp)) < notBefore) return leaveOut('tooOld')
    const only = rejectedBy !== undefined && names.has(rejectedBy) ? rejectedBy : undefined
    // An event that two mappings rejected is there twice.
    const id = only === undefined ? event.messageId : `${only}\n${event.messageId}`
    if (seen.isRepeat(id, Date.parse(event.receivedAt) || 0, { file, line })) return leaveOut('repeats')
    if (!asSegmentReplay && !isMeantFor(topsort.name, event)) return leaveOut('excluded')
    const filtered = asSegmentReplay ? toReplayed(event) : applyFilters(filters, event)
    if (!filtered.ok) return leaveOut('filtered')

    const place = formatPlace({ file, line })
    const routed = routes.flatMap(({ mapping, takes }) => {
      if (only !== undefined && mapping.name !== only) return []
      return takes(filtered.event) ? [{ event: filtered.event, original: event, mapping, place }] : []
    })
    return routed.length === 0 ? leaveOut('unmapped') : routed
  }

  function toReplayed(event: TakenEvent): Filtered<TakenEvent> {
    return { ok: true, event: { ...event, integrations: { All: false, [topsort.name]: true } } }
  }

  function leaveOut(reason: keyof RouteCounts): Routed[] {
    counts[reason] += 1
    return []
  }

  return {
    counts,
    route({ file, records }) {
      return records.flatMap((record) => {
        if (!record.ok) return leaveOut('unreadable')
        counts.events += 1
        if (record.hasMadeId) counts.madeIds += 1
        return routeEvent(record.event, file, record.line)
      })
    }
  }
}
