import type { WireEvents } from '../../checks'
import { toOrderLines } from '../../sandbox/attribution'
import type { Clicks } from './credit'
import type { Day, Report } from './report'

type Purchase = NonNullable<WireEvents['purchases']>[number]

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

/** Counts the orders that are sent, and tells which of them are credited to a click. */
export type Orders = {
  /** @param receivedAt in epoch milliseconds */
  add: (purchase: Purchase, receivedAt: number, day: Day) => void
  /** Decides about the orders received before this time, because the clicks before them must have been read by now. */
  decide: (until: number) => void
}

export type OrderOptions = {
  clicks: Clicks
  /** Is called with each order for which an earlier part of the archive may hold a click. */
  onUndecided?: (order: UndecidedOrder) => void
}

/** An order waits until the clicks of the same time are read, because other files hold them. */
type WaitingOrder = Omit<UndecidedOrder, 'day' | 'hasEarlierClick'> & { receivedAt: number; day: Day }

const MAX_WAITING = 50_000

/** @param report where the lines of the orders are counted */
export function createOrders({ coverage, revenue }: Report, { clicks, onUndecided }: OrderOptions): Orders {
  let waiting: WaitingOrder[] = []

  function decide({ user, time, lines, day }: WaitingOrder): void {
    const hasEarlierClick = clicks.hasEarlierClick(user, time)
    if (hasEarlierClick) day.ordersWithEarlierClick += 1
    const open = lines.filter(({ product, revenue: amount }) => {
      if (!clicks.isCredited(user, product, time)) return true
      revenue.creditedLines += 1
      day.credited += amount
      return false
    })
    if (!hasEarlierClick || open.length > 0) onUndecided?.({ user, time, day: day.day, hasEarlierClick, lines: open })
  }

  return {
    add(purchase, receivedAt, day) {
      const { opaqueUserId: user, occurredAt, items } = purchase
      const lines = toOrderLines(purchase).map((line) => ({ product: line.productId, revenue: line.revenue }))
      coverage.linesWithVendor.of += items.length
      coverage.linesWithVendor.count += items.filter(({ vendorId }) => vendorId !== undefined).length
      revenue.lines += lines.length
      for (const line of lines) day.revenue += line.revenue
      waiting.push({ receivedAt, user, time: Date.parse(occurredAt), lines, day })
    },
    decide(until) {
      let count = 0
      while (count < waiting.length && (waiting[count].receivedAt < until || waiting.length - count > MAX_WAITING)) {
        decide(waiting[count])
        count += 1
      }
      if (count > 0) waiting = waiting.slice(count)
    }
  }
}
