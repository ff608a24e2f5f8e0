import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { createChecks } from '../../checks'
import type { Finding, MappingDelivery, WireEvents } from '../../checks'
import { applyFilters, findDifferences, isMeantFor } from '../../pipeline'
import type { Attempt, Filter, Mapping, TakenEvent } from '../../pipeline'
import { roundMoney, toInteraction, toOrderLines } from '../../sandbox/attribution'
import { formatPlace } from '../read'
import type { ArchiveBatch } from '../read'
import type { Select } from '../select'
import { createChanges } from './changes'
import { createClicks } from './credit'
import { createDays } from './days'
import { createMessageGroups } from './message-groups'
import { emptyReport } from './merge-reports'
import type { Day, PlacedFinding, PlacedSample, Report } from './report'
import { createLeftOutRevenue } from './revenue'
import { createRouter } from './router'
import { createSeenEvents } from './seen-events'
import { createTrial, type Trial } from './trial'

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
}

/** Finds out what an archive would become at Topsort, and sends nothing. */
export type Preflight = {
  /** Takes the next records of the archive. Call it again when it has resolved. */
  take: (batch: ArchiveBatch) => Promise<void>
  /** Ends the preflight. `files` is how many files were read. */
  finish: (files: number) => Report
}

type Route = {
  mapping: Mapping
  trial: Trial
  counts: Report['mappings'][number]
}

/** An event that passed everything before the mappings. */
type Candidate = { event: TakenEvent; line: number; time: number; deliveries: MappingDelivery[] }

/** An order waits until the clicks of the same time are read, because other files hold them. */
type WaitingOrder = {
  receivedAt: number
  user: string
  time: number
  lines: { product: string; revenue: number }[]
  day: Day
}

const HOUR = 3_600_000

const MAX_WAITING = 50_000

/** A shop's archive has no auctions, so a bid says nothing but that it is there. */
const NO_AUCTIONS = { findBid: () => undefined, findVendor: () => undefined }

/** About as many events. More would find little more, and memory has to stay flat. */
const MAX_FACTS = 40_000

/**
 * Creates a preflight. The events are taken roughly in order of receipt.
 *
 * @throws Error if the trigger of a mapping cannot be parsed
 */
export function createPreflight<Settings extends JSONObject>(options: PreflightOptions<Settings>): Preflight {
  const { definition, settings, mappings, filters = [], asSegmentReplay = false, select } = options
  const report = emptyReport()
  const { input, sent, sponsored, coverage, revenue } = report
  const routes = mappings
    .filter(({ enabled }) => enabled)
    .map((mapping): Route => {
      const { name, partnerAction } = mapping
      const counts = { name, action: partnerAction, taken: 0, delivered: 0, failed: 0, leftOut: 0 }
      return { mapping, trial: createTrial(definition, settings, mapping), counts }
    })
  const findTakers = createRouter(routes.map(({ mapping }) => mapping))
  const checks = createChecks({ window: { facts: MAX_FACTS } })
  const seen = createSeenEvents()
  const clicks = createClicks()
  const days = createDays()
  const changes = createChanges()
  const failures = createMessageGroups()
  const leftOut = createMessageGroups()
  const unreadable = createMessageGroups()
  const leftOutRevenue = createLeftOutRevenue()
  let waiting: WaitingOrder[] = []
  let newest = -Infinity
  let first = Infinity
  let last = -Infinity

  function admit(event: TakenEvent, file: string, line: number): Candidate | undefined {
    input.events += 1
    if (select && !select(event, file)) {
      input.notSelected += 1
      return undefined
    }
    const receivedAt = Date.parse(event.receivedAt)
    if (receivedAt > newest) newest = receivedAt
    if (seen.isRepeat(event.messageId, receivedAt || 0, { file, line })) {
      input.repeats += 1
      return undefined
    }
    const time = Date.parse(String(event.timestamp))
    if (time < first) first = time
    if (time > last) last = time
    days.of(time).events += 1
    countIds(event)
    return { event, line, time, deliveries: [] }
  }

  function countIds({ anonymousId, userId }: TakenEvent): void {
    const [hasAnonymousId, hasUserId] = [isId(anonymousId), isId(userId)]
    coverage.eventsWithAnonymousId.of += 1
    coverage.eventsWithUserId.of += 1
    coverage.eventsWithNoId.of += 1
    if (hasAnonymousId) coverage.eventsWithAnonymousId.count += 1
    if (hasUserId) coverage.eventsWithUserId.count += 1
    if (!hasAnonymousId && !hasUserId) coverage.eventsWithNoId.count += 1
  }

  /** Returns the event as the mappings see it, or nothing if it does not get to them. */
  function filter(event: TakenEvent): TakenEvent | undefined {
    if (asSegmentReplay) return { ...event, integrations: { All: false, [definition.name]: true } }
    if (!isMeantFor(definition.name, event)) {
      input.excluded += 1
      return undefined
    }
    if (filters.length === 0) return event
    const filtered = applyFilters(filters, event)
    if (!filtered.ok) {
      input.filtered += 1
      return undefined
    }
    return filtered.event
  }

  function settle(route: Route, candidate: Candidate, event: TakenEvent, file: string, attempt: Attempt): void {
    const { mapping, counts } = route
    const { ok, status, message, payload } = attempt
    const { messageId } = event
    const day = days.of(candidate.time)
    const wire = toWireEvents(attempt.sent)
    const place = (): string => formatPlace({ file, line: candidate.line })
    const sample = (): PlacedSample => ({ place: place(), messageId, message })

    counts.taken += 1
    const differences = ok ? findDifferences(payload, attempt.sent) : []
    if (ok) {
      counts.delivered += 1
      for (const difference of differences) changes.add(mapping.name, difference, { place, messageId })
      countSent(wire, day, candidate)
    } else {
      counts.failed += 1
      day.failed += 1
      failures.add(message, sample)
    }
    if (ok && message !== '') {
      counts.leftOut += 1
      day.leftOut += 1
      leftOut.add(message, sample)
    }
    if (message !== '' && mapping.partnerAction === 'purchase') {
      leftOutRevenue.add({ ok, message, payload: payload ?? event.properties, differences }, sample)
    }
    candidate.deliveries.push({ mapping: mapping.name, action: mapping.partnerAction, ok, status, message, sent: wire })
  }

  function countSent(wire: WireEvents, day: Day, { event, time }: Candidate): void {
    for (const impression of wire.impressions ?? []) {
      sent.impressions += 1
      day.impressions += 1
      if (impression.resolvedBidId === undefined) continue
      sponsored.impressions += 1
      day.sponsoredImpressions += 1
    }
    for (const click of wire.clicks ?? []) {
      sent.clicks += 1
      day.clicks += 1
      const isSponsored = click.resolvedBidId !== undefined
      if (isSponsored) {
        sponsored.clicks += 1
        day.sponsoredClicks += 1
      }
      const products = isSponsored ? toInteraction('click', click, NO_AUCTIONS).productIds : []
      clicks.add(click.opaqueUserId, products, Date.parse(click.occurredAt))
    }
    for (const purchase of wire.purchases ?? []) {
      sent.purchases += 1
      day.purchases += 1
      const lines = toOrderLines(purchase).map(({ productId: product, revenue }) => ({ product, revenue }))
      coverage.linesWithVendor.of += lines.length
      coverage.linesWithVendor.count += purchase.items.filter(({ vendorId }) => vendorId !== undefined).length
      for (const line of lines) {
        revenue.reported += line.revenue
        day.revenue += line.revenue
      }
      revenue.lines += lines.length
      const receivedAt = Date.parse(event.receivedAt) || time
      waiting.push({ receivedAt, user: purchase.opaqueUserId, time: Date.parse(purchase.occurredAt), lines, day })
    }
    const pageviews = wire.pageviews?.length ?? 0
    sent.pageviews += pageviews
    day.pageviews += pageviews
  }

  /** Decides about the orders whose earlier clicks must have been read by now. */
  function decideOrders(until: number): void {
    let count = 0
    while (count < waiting.length && (waiting[count].receivedAt < until || waiting.length - count > MAX_WAITING)) {
      const { user, time, lines, day } = waiting[count]
      count += 1
      coverage.ordersWithEarlierClick.of += 1
      if (clicks.hasEarlierClick(user, time)) {
        coverage.ordersWithEarlierClick.count += 1
        day.ordersWithEarlierClick += 1
      }
      for (const line of lines) {
        if (!clicks.isCredited(user, line.product, time)) continue
        revenue.credited += line.revenue
        revenue.creditedLines += 1
        day.credited += line.revenue
      }
    }
    if (count > 0) waiting = waiting.slice(count)
  }

  function observe({ event, deliveries }: Candidate): void {
    for (const { ok, action, sent: wire } of deliveries) {
      const { from, to } = Object(wire) as { from?: unknown; to?: unknown }
      if (!ok || action !== 'linkUsers' || typeof from !== 'string' || typeof to !== 'string') continue
      clicks.link(from, to)
      checks.observe({ kind: 'link', from, to })
    }
    checks.observe({ kind: 'event', event, deliveries })
  }

  function toPlacedFinding(finding: Finding): PlacedFinding {
    const samples = finding.samples.map((sample) => {
      const place = seen.placeOf(sample.messageId)
      return place === undefined ? sample : { ...sample, place }
    })
    return { ...finding, samples }
  }

  return {
    async take({ file, records, bytes }) {
      input.bytes += bytes
      const candidates: Candidate[] = []
      const taken = routes.map((): { candidate: Candidate; event: TakenEvent }[] => [])
      for (const record of records) {
        if (!record.ok) {
          const { line, reason } = record
          input.unreadable += 1
          unreadable.add(reason, () => ({ place: formatPlace({ file, line }) }))
          continue
        }
        const candidate = admit(record.event, file, record.line)
        if (!candidate) continue
        if (record.hasMadeId) input.madeIds += 1
        candidates.push(candidate)
        const event = filter(candidate.event)
        if (!event) continue
        const takers = findTakers(event)
        if (takers.length === 0) input.unmapped += 1
        for (const index of takers) taken[index].push({ candidate, event })
      }
      for (const [index, events] of taken.entries()) {
        if (events.length === 0) continue
        const route = routes[index]
        const attempts = await route.trial(events.map(({ event }) => event))
        attempts.forEach((attempt, at) => {
          settle(route, events[at].candidate, events[at].event, file, attempt)
        })
      }
      candidates.forEach(observe)
      decideOrders(newest - HOUR)
    },
    finish(files) {
      decideOrders(Infinity)
      checks.settle()
      input.files = files
      input.first = toIsoTime(first)
      input.last = toIsoTime(last)
      revenue.reasons = leftOutRevenue.list()
      revenue.leftOut = roundMoney(revenue.reasons.reduce((sum, { amount }) => sum + amount, 0))
      revenue.leftOutLines = revenue.reasons.reduce((sum, { lines }) => sum + lines, 0)
      revenue.reported = roundMoney(revenue.reported)
      revenue.credited = roundMoney(revenue.credited)
      coverage.clicksWithBid = { count: sponsored.clicks, of: sent.clicks }
      coverage.impressionsWithBid = { count: sponsored.impressions, of: sent.impressions }
      return {
        ...report,
        mappings: routes.map(({ counts }) => counts),
        failures: failures.list(),
        leftOut: leftOut.list(),
        unreadable: unreadable.list(),
        changes: changes.list(),
        findings: checks.findings().map(toPlacedFinding),
        days: days.list(),
        limits: limitsOf(seen.dropped(), clicks.dropped())
      }
    }
  }
}

function limitsOf(forgottenEvents: number, forgottenClicks: number): string[] {
  return [
    ...(forgottenEvents > 0
      ? [
          'The archive has more events a day than are remembered, so repeats of a message id are found among about a million newer events only.'
        ]
      : []),
    ...(forgottenClicks > 0
      ? [
          'The archive has more users than are remembered, so credit and earlier clicks are counted for the newest only, and are too low.'
        ]
      : [])
  ]
}

function isId(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
}

function toIsoTime(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null
}

/** The destination has made these events, and says what it sent. */
function toWireEvents(sent: unknown): WireEvents {
  return typeof sent === 'object' && sent !== null ? sent : {}
}
