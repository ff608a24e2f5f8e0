import type { WireEvents } from '../../checks'
import { findDifferences } from '../../comparison'
import type { Attempt, Mapping, Reason, TakenEvent } from '../../pipeline'
import { roundMoney, toInteraction, toOrderLines } from '../../sandbox/attribution'
import { createChanges } from './changes'
import type { Clicks } from './credit'
import { createDays } from './days'
import { toGeneralReason } from './general-reason'
import { emptyReport } from './merge-reports'
import { createMessageGroups } from './message-groups'
import type { Day, InputCounts, PlacedFinding, PlacedSample, Report } from './report'
import { createLeftOutRevenue } from './revenue'

/** One event and what a mapping made of it. */
export type SettledEvent = {
  event: TakenEvent
  /** When it happened and when it was received, in epoch milliseconds. NaN if that cannot be read. */
  time: number
  receivedAt: number
  attempt: Attempt
  /** The events that were sent for it. */
  wire: WireEvents
  place: () => string
}

/** An order without an earlier click of its user, or with lines that no known click gets credit for. */
export type UndecidedOrder = {
  user: string
  /** In epoch milliseconds. */
  time: number
  day: string
  hasEarlierClick: boolean
  /** The lines without credit. */
  lines: { product: string; revenue: number }[]
}

/** Counts everything that a report says, but for the findings. */
export type Tally = {
  input: InputCounts
  /** Counts an event that is no repeat. */
  admit: (event: TakenEvent, time: number) => void
  /** Counts what the mapping with this index made of an event. */
  settle: (mapping: number, settled: SettledEvent) => void
  unreadable: (reason: string, place: () => string) => void
  /** Decides about the orders received before this time, because the clicks before them must have been read by now. */
  decideOrders: (until: number) => void
  finish: (findings: PlacedFinding[], limits: string[]) => Report
}

export type TallyOptions = {
  mappings: readonly Mapping[]
  clicks: Clicks
  /** Is called with each order for which an earlier part of the archive may hold a click. */
  onUndecided?: (order: UndecidedOrder) => void
}

/** An order waits until the clicks of the same time are read, because other files hold them. */
type WaitingOrder = Omit<UndecidedOrder, 'day' | 'hasEarlierClick'> & { receivedAt: number; day: Day }

const MAX_WAITING = 50_000

/** An archive has no auctions, so a bid says nothing but that it is there. */
const NO_AUCTIONS = { findBid: () => undefined, findVendor: () => undefined }

export function createTally({ mappings, clicks, onUndecided }: TallyOptions): Tally {
  const report = emptyReport()
  const { input, sent, sponsored, coverage, revenue } = report
  const counts = mappings.map(({ name, partnerAction: action }) => {
    return { name, action, taken: 0, delivered: 0, failed: 0, leftOut: 0 }
  })
  const days = createDays()
  const changes = createChanges()
  const failures = createMessageGroups()
  const leftOut = createMessageGroups()
  const unreadable = createMessageGroups()
  const leftOutRevenue = createLeftOutRevenue()
  let waiting: WaitingOrder[] = []
  let first = Infinity
  let last = -Infinity

  function countIds({ anonymousId, userId }: TakenEvent): void {
    const [hasAnonymousId, hasUserId] = [isId(anonymousId), isId(userId)]
    coverage.eventsWithAnonymousId.of += 1
    coverage.eventsWithUserId.of += 1
    coverage.eventsWithNoId.of += 1
    if (hasAnonymousId) coverage.eventsWithAnonymousId.count += 1
    if (hasUserId) coverage.eventsWithUserId.count += 1
    if (!hasAnonymousId && !hasUserId) coverage.eventsWithNoId.count += 1
  }

  function countSent({ wire, time, receivedAt }: SettledEvent, day: Day): void {
    const { impressions = [], clicks: sentClicks = [], purchases = [], pageviews = [] } = wire
    sent.impressions += impressions.length
    day.impressions += impressions.length
    for (const { resolvedBidId } of impressions) {
      if (resolvedBidId === undefined) continue
      sponsored.impressions += 1
      day.sponsoredImpressions += 1
    }
    sent.clicks += sentClicks.length
    day.clicks += sentClicks.length
    for (const click of sentClicks) {
      const isSponsored = click.resolvedBidId !== undefined
      if (isSponsored) {
        sponsored.clicks += 1
        day.sponsoredClicks += 1
      }
      const products = isSponsored ? toInteraction('click', click, NO_AUCTIONS).productIds : []
      clicks.add(click.opaqueUserId, products, Date.parse(click.occurredAt))
    }
    sent.purchases += purchases.length
    day.purchases += purchases.length
    for (const purchase of purchases) {
      const lines = toOrderLines(purchase).map((line) => ({ product: line.productId, revenue: line.revenue }))
      const { opaqueUserId: user, occurredAt, items } = purchase
      coverage.linesWithVendor.of += items.length
      coverage.linesWithVendor.count += items.filter(({ vendorId }) => vendorId !== undefined).length
      revenue.lines += lines.length
      for (const line of lines) {
        revenue.reported += line.revenue
        day.revenue += line.revenue
      }
      waiting.push({ receivedAt: receivedAt || time, user, time: Date.parse(occurredAt), lines, day })
    }
    sent.pageviews += pageviews.length
    day.pageviews += pageviews.length
  }

  function decide({ user, time, lines, day }: WaitingOrder): void {
    const hasEarlierClick = clicks.hasEarlierClick(user, time)
    coverage.ordersWithEarlierClick.of += 1
    if (hasEarlierClick) {
      coverage.ordersWithEarlierClick.count += 1
      day.ordersWithEarlierClick += 1
    }
    const isCredited = lines.map(({ product }) => clicks.isCredited(user, product, time))
    lines.forEach((line, index) => {
      if (!isCredited[index]) return
      revenue.credited += line.revenue
      revenue.creditedLines += 1
      day.credited += line.revenue
    })
    const open = lines.filter((_, index) => !isCredited[index])
    if (!hasEarlierClick || open.length > 0) onUndecided?.({ user, time, day: day.day, hasEarlierClick, lines: open })
  }

  return {
    input,
    admit(event, time) {
      if (time < first) first = time
      if (time > last) last = time
      days.of(time).events += 1
      countIds(event)
    },
    settle(index, settled) {
      const { event, attempt, place } = settled
      const { ok, message, payload } = attempt
      const reasons = listReasons(attempt)
      const { messageId } = event
      const mapping = mappings[index]
      const { partnerAction: action } = mapping
      const count = counts[index]
      const day = days.of(settled.time)
      const sample = (): PlacedSample => ({ place: place(), messageId, message })

      count.taken += 1
      if (ok) {
        count.delivered += 1
        for (const difference of findDifferences(payload, attempt.sent, attempt.reason))
          changes.add(mapping.name, difference, { place, messageId })
        countSent(settled, day)
      } else {
        count.failed += 1
        day.failed += 1
      }
      if (reasons.length === 0) return
      if (ok) {
        count.leftOut += 1
        day.leftOut += 1
      }
      for (const reason of reasons) {
        const groups = ok ? leftOut : failures
        groups.add(toGeneralReason(reason, action, message), sample)
        if (action === 'purchase') {
          leftOutRevenue.add({ ok, reason, message, payload: payload ?? event.properties }, sample)
        }
      }
    },
    unreadable(reason, place) {
      input.unreadable += 1
      unreadable.add({ key: reason, message: reason }, () => ({ place: place() }))
    },
    decideOrders(until) {
      let count = 0
      while (count < waiting.length && (waiting[count].receivedAt < until || waiting.length - count > MAX_WAITING)) {
        decide(waiting[count])
        count += 1
      }
      if (count > 0) waiting = waiting.slice(count)
    },
    finish(findings, limits) {
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
        mappings: counts,
        failures: failures.list(),
        leftOut: leftOut.list(),
        unreadable: unreadable.list(),
        changes: changes.list(),
        findings,
        days: days.list(),
        limits
      }
    }
  }
}

/** Returns why an event failed, or else each note about a part of it that is omitted. */
function listReasons({ ok, reason }: Attempt): Reason[] {
  if (!ok) return [reason ?? { code: 'error_thrown' }]
  return reason ? [reason, ...((reason.notes ?? []) as Reason[])] : []
}

function isId(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
}

function toIsoTime(time: number): string | null {
  return Number.isFinite(time) ? new Date(time).toISOString() : null
}
