import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { createChecks, readLink } from '../../checks'
import type { Checks, EventObservation, MappingDelivery, WireEvents } from '../../checks'
import { HOUR, toUtc } from '../../core'
import { createRouter, createDryRun } from '../../pipeline'
import type { EventResult, Filter, Mapping, Previews, TakenEvent } from '../../pipeline'
import { formatPlace } from '../read'
import type { ArchiveBatch, ArchiveRecord, Place } from '../read'
import type { Select } from '../select'
import { type AttributionSettings, DEFAULT_SETTINGS, listWindows } from '../../sandbox/attribution'
import { type Clicks, createClicks } from './credit'
import { createFormats } from './formats'
import { describeAttribution, describeLimits } from './limits'
import { createFindingFilter } from './finding-filter'
import { placeSamples } from './message-groups'
import type { Report, SamplePlace } from './report'
import { createSeenEvents, type SeenEvents } from './seen-events'
import { createTally, type Tally } from './tally'

/** What a preflight needs to know. */
export type PreflightOptions<Settings extends JSONObject> = {
  definition: DestinationDefinition<Settings>
  settings: Settings
  /** What the actions of the definition would send. Without it, the framework is asked, which takes ten times as long. */
  previews?: Previews<Settings>
  mappings: readonly Mapping[]
  /** The customer's destination filters. */
  filters?: readonly Filter[]
  /** Default: Topsort's. */
  attribution?: AttributionSettings
  /** Treats the events as Segment's Replay does: meant for this destination only, and not filtered. */
  asSegmentReplay?: boolean
  /** Which events are meant. Default: all. */
  select?: Select
  /** How many facts the checks compare with each other. A smaller number takes less memory. Default: 5,000 */
  maxFacts?: number
  /** Adds to each sample the text that sorts it, so that reports of parts can be merged. Default: false. */
  hasSortKeys?: boolean
}

/** An event that is selected and no repeat. */
type Candidate = Place & {
  event: TakenEvent
  /** The indexes of the mappings that take it. */
  takers: readonly number[]
  /** As the mappings get it: without what filters drop. */
  filtered: TakenEvent
  /** Whether its integrations or a filter keep it from the mappings. */
  isKeptOut: boolean
  /** When it happened and when it was received, in milliseconds since 1970. NaN if that cannot be read. */
  time: number
  receivedAt: number
}

/** Mistakes whose facts are further apart are found with the long memory. */
const MAX_FACTS = 5_000

/** About 100 MB if it is full. A million events of a shop fill about a third. */
const LONG_MEMORY = { bids: 1_000_000, users: 250_000, orders: 250_000, ids: 1_500_000 }

/** An archive has no auctions. */
const ARCHIVE_CHECKS = { longMemory: LONG_MEMORY, seesAuctions: false }

/**
 * Creates a preflight, which finds out what an archive would become at Topsort, and sends nothing. The events are taken in
 * order of receipt.
 *
 * @throws Error if the trigger of a mapping cannot be parsed
 */
export function createPreflight<Settings extends JSONObject>(options: PreflightOptions<Settings>) {
  const { definition, settings, previews, maxFacts = MAX_FACTS, hasSortKeys = false } = options
  const attribution = options.attribution ?? DEFAULT_SETTINGS
  const windows = listWindows(attribution)
  const mappings = options.mappings.filter(({ enabled }) => enabled)
  const checks = createChecks({ ...ARCHIVE_CHECKS, attributionDays: windows, window: { facts: maxFacts }, hasSortKeys })
  const seen = createSeenEvents({
    listSamples: () => checks.findings().flatMap(({ samples }) => samples.map(({ messageId }) => messageId))
  })
  const clicks = createClicks(windows)
  const tally = createTally(mappings, clicks)
  const dryRuns = mappings.map((mapping) => createDryRun(definition, settings, mapping, previews))
  const admit = createAdmission({ ...options, mappings }, tally, seen)
  const observe = createObserver(checks, clicks)
  const formats = createFormats()
  let newest = -Infinity

  function settle(candidate: Candidate, results: readonly EventResult[]): void {
    const { event, time, receivedAt, takers, filtered, isKeptOut } = candidate
    const place = (): SamplePlace => ({
      place: formatPlace(candidate),
      ...(hasSortKeys && { sortKey: toSortKey(candidate) })
    })
    const deliveries: MappingDelivery[] = []
    results.forEach((result, taker) => {
      const index = takers[taker]
      const { ok, reason } = result
      const sent = toWireEvents(result.sent)
      const { name: mapping, partnerAction: action } = mappings[index]
      tally.settle(index, { event: filtered, time, receivedAt, result, wire: sent, place })
      deliveries.push(reason ? { mapping, action, ok, reason, sent } : { mapping, action, ok, sent })
    })
    if (receivedAt > newest) newest = receivedAt
    observe({ kind: 'event', event, deliveries, ...(isKeptOut && { isKeptOut }) }, time, receivedAt)
  }

  return {
    /** Takes the next records of the archive. Call it again when it has resolved. */
    async take({ records, bytes, formats: found = [] }: ArchiveBatch): Promise<void> {
      tally.input.bytes += bytes
      found.forEach(formats.add)
      for (const record of records) {
        const candidate = admit(record)
        if (!candidate) continue
        const results: EventResult[] = []
        for (const index of candidate.takers) {
          const result = dryRuns[index](candidate.filtered)
          // Nearly all results are there at once, and waiting for each would take longer than making it.
          results.push(result instanceof Promise ? await result : result)
        }
        settle(candidate, results)
      }
      tally.orders.decide(newest - HOUR)
    },
    finish(): Report {
      tally.orders.finish()
      checks.settle()
      tally.input.formats = formats.list()
      const limits = [
        ...describeAttribution(attribution),
        ...describeLimits(checks.forgotten(), seen.dropped(), clicks.dropped(), tally.orders.dropped())
      ]
      const findings = checks.findings().map((finding) => placeSamples(finding, seen.placeOf))
      return tally.finish(findings, limits, checks.saveWholes())
    }
  }
}

/** Times of receipt have at most this many digits. */
const TIME_DIGITS = 16

/** Returns a text that sorts events by their receipt. */
function toSortKey({ event, receivedAt }: Candidate): string {
  return `${String(Math.max(0, receivedAt || 0)).padStart(TIME_DIGITS, '0')}\n${event.messageId}`
}

/** Creates a function that returns an event that is selected and no repeat, also if no mapping takes it. It counts all. */
function createAdmission<Settings extends JSONObject>(
  { definition, mappings, filters, asSegmentReplay, select }: PreflightOptions<Settings>,
  { input, ...tally }: Tally,
  seen: SeenEvents
): (record: ArchiveRecord) => Candidate | undefined {
  const route = createRouter<Place & { receivedAt: number }>({
    destination: definition.name,
    mappings,
    filters,
    asSegmentReplay,
    isRepeat: ({ messageId }, place) => seen.isRepeat(messageId, place.receivedAt || 0, place)
  })

  return (record) => {
    const { file, line } = record
    if (!record.ok) {
      tally.unreadable(record.reason, () => formatPlace(record))
      return undefined
    }
    const { event } = record
    input.events += 1
    if (select && !select(event, file)) {
      input.notSelected += 1
      return undefined
    }
    const receivedAt = toUtc(event.receivedAt)
    const routed = route(event, { file, line, receivedAt })
    if ('leftOut' in routed) input[routed.leftOut] += 1
    if ('leftOut' in routed && routed.leftOut === 'repeats') return undefined
    if (record.hasGeneratedId) input.madeIds += 1
    const time = toUtc(event.timestamp)
    tally.admit(event, time)
    const isTaken = !('leftOut' in routed)
    const [takers, filtered] = isTaken ? [routed.takers, routed.event] : [[], event]
    const isKeptOut = 'leftOut' in routed && routed.leftOut !== 'unmapped'
    return { file, line, event, takers, filtered, time, receivedAt, isKeptOut }
  }
}

/** Creates a function that shows an event and its deliveries to the checks, and links users. */
function createObserver(
  checks: Checks,
  clicks: Clicks
): (observation: EventObservation, time: number, receivedAt: number) => void {
  const mayHaveFindings = createFindingFilter()
  return (observation, time, receivedAt) => {
    for (const delivery of observation.deliveries) {
      const link = readLink(delivery)
      if (!link) continue
      clicks.link(link.from, link.to)
      checks.observe({ kind: 'link', ...link })
    }
    if (mayHaveFindings(observation, time, receivedAt)) checks.observe(observation)
    else checks.count(observation)
  }
}

/** The destination has made these events, and says what it sent. */
function toWireEvents(sent: unknown): WireEvents {
  return typeof sent === 'object' && sent !== null ? sent : {}
}
