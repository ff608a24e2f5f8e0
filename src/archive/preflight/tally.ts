import type { SavedWholes, WireEvents } from '../../checks'
import { findDifferences } from '../../comparison'
import type { Reason } from '../../core'
import { type EventResult, findLostTriggers, type Mapping, type TakenEvent } from '../../pipeline'
import { toAdInteraction } from '../../sandbox/attribution'
import { createChanges } from './changes'
import type { Clicks } from './credit'
import { emptyReport, toReport } from './counts'
import { createDays } from './days'
import { toGeneralReason } from './general-reason'
import { createMessageGroups } from './message-groups'
import { currencyOf } from './money'
import { createOrders, type Orders } from './orders'
import type { Coverage, Day, MappingCounts, PlacedFinding, PlacedSample, Report, SamplePlace, Share } from './report'
import { createLeftOutRevenue } from './revenue'

/** One event and what a mapping made of it. */
type SettledEvent = {
  event: TakenEvent
  /** When it happened and when it was received, in epoch milliseconds. NaN if that cannot be read. */
  time: number
  receivedAt: number
  result: EventResult
  /** The events that were sent for it. */
  wire: WireEvents
  place: () => SamplePlace
}

/** An archive has no auctions, so a bid says nothing but that it is there. */
const NO_AUCTIONS = { findBid: () => undefined, findVendor: () => undefined }

export type Tally = ReturnType<typeof createTally>

/** Counts everything that a report says, but for the findings. */
export function createTally(mappings: readonly Mapping[], clicks: Clicks) {
  const report = emptyReport()
  report.mappings = countNone(mappings)
  const { input } = report
  const days = createDays()
  const orders = createOrders(report, clicks)
  const changes = createChanges()
  const reasons = createReasons()
  const unreadable = createMessageGroups()
  const times = { first: Infinity, last: -Infinity }

  return {
    input,
    orders,
    /** Counts an event that is no repeat. */
    admit(event: TakenEvent, time: number): void {
      if (time < times.first) times.first = time
      if (time > times.last) times.last = time
      days.of(time).events += 1
      countIds(report.coverage, event)
    },
    /** Counts what the mapping with this index made of an event. */
    settle(index: number, settled: SettledEvent): void {
      const { event, result, place } = settled
      const { name, partnerAction } = mappings[index]
      const day = days.of(settled.time)
      const count = result.ok ? 'delivered' : 'failed'
      report.mappings[index].taken += 1
      report.mappings[index][count] += 1
      if (result.ok) {
        for (const difference of findDifferences(result.payload, result.sent, result.reason)) {
          changes.add(name, difference, place, event.messageId)
        }
        countSent(settled, day, orders)
        rememberClicks(settled.wire, clicks)
        if (result.reason) {
          report.mappings[index].leftOut += 1
          day.leftOut += 1
        }
      } else {
        day.failed += 1
      }
      reasons.add(partnerAction, settled)
    },
    unreadable(reason: string, place: () => string): void {
      input.unreadable += 1
      unreadable.add({ key: reason, message: reason }, () => ({ place: place() }))
    },
    finish(findings: PlacedFinding[], limits: string[], sketches: SavedWholes): Report {
      const { failures, leftOut, revenue } = reasons.list()
      return toReport({
        ...report,
        input: { ...input, first: toIsoTime(times.first), last: toIsoTime(times.last) },
        failures,
        leftOut,
        unreadable: unreadable.list(),
        changes: changes.list(),
        findings,
        revenue: { ...report.revenue, reasons: revenue },
        days: days.list(),
        limits,
        sketches
      })
    }
  }
}

function countNone(mappings: readonly Mapping[]): MappingCounts[] {
  const lost = new Map(findLostTriggers(mappings).map(({ mapping, ...lostTrigger }) => [mapping, lostTrigger]))
  return mappings.map(({ name, partnerAction: action }) => {
    const lostTrigger = lost.get(name)
    return { name, action, taken: 0, delivered: 0, failed: 0, leftOut: 0, ...(lostTrigger && { lostTrigger }) }
  })
}

function countIds(coverage: Coverage, { anonymousId, userId }: TakenEvent): void {
  const [hasAnonymousId, hasUserId] = [isId(anonymousId), isId(userId)]
  countShare(coverage.eventsWithAnonymousId, hasAnonymousId)
  countShare(coverage.eventsWithUserId, hasUserId)
  countShare(coverage.eventsWithNoId, !hasAnonymousId && !hasUserId)
}

function countShare(share: Share, has: boolean): void {
  share.of += 1
  if (has) share.count += 1
}

function countSent({ event, wire, time, receivedAt }: SettledEvent, day: Day, orders: Orders): void {
  const { impressions = [], clicks = [], purchases = [], pageviews = [] } = wire
  day.impressions += impressions.length
  for (const impression of impressions) if (isSponsored(impression)) day.sponsoredImpressions += 1
  day.clicks += clicks.length
  for (const click of clicks) if (isSponsored(click)) day.sponsoredClicks += 1
  day.purchases += purchases.length
  day.pageviews += pageviews.length
  for (const purchase of purchases) {
    orders.add(purchase, receivedAt || time, day, currencyOf(event.properties))
  }
}

function rememberClicks({ clicks: sent = [] }: WireEvents, clicks: Clicks): void {
  for (const click of sent) {
    const ad = isSponsored(click) ? toAdInteraction('click', click, NO_AUCTIONS) : undefined
    clicks.add(click.opaqueUserId, Date.parse(click.occurredAt), ad)
  }
}

function isSponsored({ resolvedBidId }: { resolvedBidId?: string }): boolean {
  return resolvedBidId !== undefined
}

/** Groups the reasons of failures, and of parts that are omitted. */
function createReasons() {
  const failures = createMessageGroups()
  const leftOut = createMessageGroups()
  const revenue = createLeftOutRevenue()

  return {
    add(action: string, { event, result, place }: SettledEvent): void {
      const { ok, message, payload } = result
      const sample = (): PlacedSample => ({ ...place(), messageId: event.messageId, message })
      for (const reason of listReasons(result)) {
        const groups = ok ? leftOut : failures
        groups.add(toGeneralReason(reason, action, message), sample)
        if (action === 'purchase') revenue.add({ ok, reason, message, payload: payload ?? event.properties }, sample)
      }
    },
    list: () => ({ failures: failures.list(), leftOut: leftOut.list(), revenue: revenue.list() })
  }
}

/** Returns why an event failed, or else each note about a part of it that is omitted. */
function listReasons({ ok, reason }: EventResult): Reason[] {
  if (!ok) return [reason ?? { code: 'error_thrown' }]
  return reason ? [reason, ...((reason.notes ?? []) as Reason[])] : []
}

function isId(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
}

function toIsoTime(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null
}
