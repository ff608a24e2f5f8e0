import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { createChecks } from '../../checks'
import type { EventObservation, Finding, MappingDelivery, WireEvents } from '../../checks'
import { HOUR } from '../../core'
import { createRouter, createDryRun } from '../../pipeline'
import type { Filter, Mapping, Routed, TakenEvent } from '../../pipeline'
import { formatPlace } from '../read'
import type { ArchiveBatch, Place } from '../read'
import type { Select } from '../select'
import { createClicks, type SavedClicks } from './credit'
import type { UndecidedOrder } from './orders'
import { describeLimits } from './limits'
import { createFindingFilter } from './finding-filter'
import type { PlacedFinding, Report } from './report'
import { createSeenEvents } from './seen-events'
import { createTally } from './tally'

/** What a preflight needs to know. */
export type PreflightOptions<Settings extends JSONObject> = {
  definition: DestinationDefinition<Settings>
  settings: Settings
  mappings: readonly Mapping[]
  /** The customer's destination filters. */
  filters?: readonly Filter[]
  /** Treats the events as Segment's Replay does: meant for this destination only, and not filtered. */
  asSegmentReplay?: boolean
  /** Which events are meant. Default: all. */
  select?: Select
  /** How many facts the checks compare with each other. A smaller number takes less memory. Default: 10,000 */
  maxFacts?: number
  /** Is called with each order for which an earlier part of the archive may hold a click. */
  onUndecided?: (order: UndecidedOrder) => void
}

/** Finds out what an archive would become at Topsort, and sends nothing. */
export type Preflight = {
  /** Takes the next records of the archive. Call it again when it has resolved. */
  take: (batch: ArchiveBatch) => Promise<void>
  /**
   * Counts from here on. What came before is remembered only, so that repeats of it and mistakes that began there are
   * found.
   */
  startCounting: () => void
  /** Ends the preflight. */
  finish: () => Report
  /** Returns what is known of the clicks, for the parts of the archive that follow. */
  saveClicks: () => SavedClicks
}

/** An event that is selected and no repeat. */
type Candidate = {
  event: TakenEvent
  routed: Routed
  line: number
  time: number
  receivedAt: number
  deliveries: MappingDelivery[]
}

/** A candidate that a mapping takes, with the event as the mapping sees it. */
type Taken = { candidate: Candidate; event: TakenEvent }

/** Mistakes whose facts are further apart are found with the long memory. */
const MAX_FACTS = 10_000

/** About 100 MB if it is full. A million events of a shop fill about a third. */
const LONG_MEMORY = { bids: 1_000_000, users: 250_000, orders: 250_000, ids: 1_500_000 }

/**
 * Creates a preflight. The events are taken roughly in order of receipt.
 *
 * @throws Error if the trigger of a mapping cannot be parsed
 */
export function createPreflight<Settings extends JSONObject>(options: PreflightOptions<Settings>): Preflight {
  const { definition, settings, filters, asSegmentReplay, select, onUndecided } = options
  const mappings = options.mappings.filter(({ enabled }) => enabled)
  const dryRuns = mappings.map((mapping) => createDryRun(definition, settings, mapping))
  const checks = createChecks({
    window: { facts: options.maxFacts ?? MAX_FACTS },
    longMemory: LONG_MEMORY,
    seesAuctions: false
  })
  const mayHaveFindings = createFindingFilter()
  const seen = createSeenEvents({
    listSamples: () => checks.findings().flatMap(({ samples }) => samples.map(({ messageId }) => messageId))
  })
  const route = createRouter<Place & { receivedAt: number }>({
    destination: definition.name,
    mappings,
    filters,
    asSegmentReplay,
    isRepeat: ({ messageId }, place) => seen.isRepeat(messageId, place.receivedAt || 0, place)
  })
  const clicks = createClicks()
  let tally = createTally({ mappings, clicks, onUndecided })
  let newest = -Infinity
  /** How often each mistake was found before the counting began. */
  let foundBefore = new Map<string, number>()

  /** Returns an event that is selected and no repeat, also if no mapping takes it. */
  function admit(event: TakenEvent, file: string, line: number): Candidate | undefined {
    const { input } = tally
    input.events += 1
    if (select && !select(event, file)) {
      input.notSelected += 1
      return undefined
    }
    const receivedAt = Date.parse(event.receivedAt)
    if (receivedAt > newest) newest = receivedAt
    const routed = route(event, { file, line, receivedAt })
    if ('leftOut' in routed) input[routed.leftOut] += 1
    if ('leftOut' in routed && routed.leftOut === 'repeats') return undefined
    const time = Date.parse(String(event.timestamp))
    tally.admit(event, time)
    return { event, routed, line, time, receivedAt, deliveries: [] }
  }

  /** Makes a dry run of each mapping with the events that it takes, and counts the results. */
  async function tryMappings(taken: readonly Taken[][], file: string): Promise<void> {
    for (const [index, entries] of taken.entries()) {
      if (entries.length === 0) continue
      const results = await dryRuns[index](entries.map(({ event }) => event))
      const { name, partnerAction: action } = mappings[index]
      results.forEach((result, at) => {
        const { event, candidate } = entries[at]
        const { ok, reason } = result
        const { line, time, receivedAt, deliveries } = candidate
        const sent = toWireEvents(result.sent)
        const place = (): string => formatPlace({ file, line })
        tally.settle(index, { event, time, receivedAt, result, wire: sent, place })
        deliveries.push({ mapping: name, action, ok, ...(reason && { reason }), sent })
      })
    }
  }

  function observe({ event, time, receivedAt, deliveries }: Candidate): void {
    for (const { ok, action, sent } of deliveries) {
      if (action !== 'linkUsers') continue
      const { from, to } = Object(sent) as { from?: unknown; to?: unknown }
      if (!ok || typeof from !== 'string' || typeof to !== 'string') continue
      clicks.link(from, to)
      checks.observe({ kind: 'link', from, to })
    }
    const observation: EventObservation = { kind: 'event', event, deliveries }
    if (!mayHaveFindings(observation, time, receivedAt)) return
    checks.observe(observation)
  }

  function toPlacedFinding(finding: Finding): PlacedFinding[] {
    const count = finding.count - (foundBefore.get(finding.code) ?? 0)
    if (count <= 0) return []
    const samples = finding.samples.map((sample) => {
      const place = seen.placeOf(sample.messageId)
      return place === undefined ? sample : { ...sample, place }
    })
    return [{ ...finding, count, samples }]
  }

  return {
    async take({ file, records, bytes }) {
      tally.input.bytes += bytes
      const candidates: Candidate[] = []
      const taken = mappings.map((): Taken[] => [])
      for (const record of records) {
        const { line } = record
        if (!record.ok) {
          tally.unreadable(record.reason, () => formatPlace({ file, line }))
          continue
        }
        const candidate = admit(record.event, file, line)
        if (!candidate) continue
        if (record.hasGeneratedId) tally.input.madeIds += 1
        candidates.push(candidate)
        const { routed } = candidate
        if ('leftOut' in routed) continue
        for (const index of routed.takers) taken[index].push({ candidate, event: routed.event })
      }
      await tryMappings(taken, file)
      candidates.forEach(observe)
      tally.decideOrders(newest - HOUR)
    },
    startCounting() {
      foundBefore = new Map(checks.findings().map(({ code, count }) => [code, count]))
      tally = createTally({ mappings, clicks, onUndecided })
    },
    finish() {
      tally.decideOrders(Infinity)
      checks.settle()
      const limits = describeLimits(checks.forgotten(), seen.dropped(), clicks.dropped())
      return tally.finish(checks.findings().flatMap(toPlacedFinding), limits)
    },
    saveClicks: clicks.save
  }
}

/** The destination has made these events, and says what it sent. */
function toWireEvents(sent: unknown): WireEvents {
  return typeof sent === 'object' && sent !== null ? sent : {}
}
