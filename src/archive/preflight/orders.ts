import type { WireEvents } from '../../checks'
import { addMoney, toOrderLines } from '../../sandbox/attribution'
import type { Clicks } from './credit'
import { UNKNOWN_CURRENCY } from './money'
import type { Day, ReportFacts } from './report'

type Purchase = NonNullable<WireEvents['purchases']>[number]

/** What is not decided about an order. */
type Open = {
  user: string
  /** In epoch milliseconds. */
  time: number
  day: Day
  currency: string
  /** Whether no earlier click of the user is known. */
  isFirst: boolean
  /** The lines that no known click gets credit for. */
  lines: { product: string; revenue: number }[]
}

type New = Open & { receivedAt: number }

/**
 * A click may be received long after the order that it led to, from a phone that was offline. So orders without credit
 * wait for the end. About 50 MB.
 */
const MAX_WAITING = 200_000

/** Shops that send something else as currency have no end of them. */
const MAX_CURRENCIES = 50

export type Orders = ReturnType<typeof createOrders>

/**
 * Counts the orders that are sent, and tells which of them are credited to a click.
 *
 * @param report where the lines of the orders are counted
 */
export function createOrders({ coverage, revenue }: ReportFacts, clicks: Clicks) {
  let newest: New[] = []
  let waiting: Open[] = []
  const currencies = new Set<string>()
  let dropped = 0

  /** Counts what the known clicks decide. Returns the rest. */
  function decideOne({ user, time, lines, day, currency, isFirst }: Open): Open | undefined {
    const hasEarlierClick = isFirst && clicks.hasEarlierClick(user, time)
    if (hasEarlierClick) day.ordersWithEarlierClick += 1
    const open = lines.filter(({ product, revenue: amount }) => {
      if (!clicks.isCredited(user, product, time)) return true
      revenue.creditedLines += 1
      const sums = sumsOf(day, currency)
      sums.credited = addMoney(sums.credited, amount)
      return false
    })
    const isStillFirst = isFirst && !hasEarlierClick
    return isStillFirst || open.length > 0
      ? { user, time, day, currency, lines: open, isFirst: isStillFirst }
      : undefined
  }

  function sumsOf(day: Day, currency: string): Day['revenue'][string] {
    if (currencies.size < MAX_CURRENCIES) currencies.add(currency)
    const key = currencies.has(currency) ? currency : UNKNOWN_CURRENCY
    if (!Object.hasOwn(day.revenue, key)) day.revenue[key] = { reported: 0, credited: 0 }
    return day.revenue[key]
  }

  function wait(order: Open): void {
    waiting.push(order)
    if (waiting.length < 2 * MAX_WAITING) return
    dropped += waiting.length - MAX_WAITING
    waiting = waiting.slice(-MAX_WAITING)
  }

  return {
    /** @param receivedAt in epoch milliseconds @param currency `unknown` if the order names none */
    add(purchase: Purchase, receivedAt: number, day: Day, currency: string): void {
      const { opaqueUserId: user, occurredAt, items } = purchase
      const lines = toOrderLines(purchase).map((line) => ({ product: line.productId, revenue: line.revenue }))
      coverage.linesWithVendor.of += items.length
      coverage.linesWithVendor.count += items.filter(({ vendorId }) => vendorId !== undefined).length
      revenue.lines += lines.length
      const sums = sumsOf(day, currency)
      for (const line of lines) sums.reported = addMoney(sums.reported, line.revenue)
      newest.push({ receivedAt, user, time: Date.parse(occurredAt), lines, day, currency, isFirst: true })
    },
    /** Decides about the orders received before this time, as far as the clicks that are known decide it. */
    decide(until: number): void {
      const count = newest.findIndex(({ receivedAt }) => receivedAt >= until)
      for (const order of newest.splice(0, count === -1 ? newest.length : count)) {
        const open = decideOne(order)
        if (open) wait(open)
      }
    },
    /** Decides about all orders. */
    finish(): void {
      waiting.forEach(decideOne)
      newest.forEach(decideOne)
      ;[waiting, newest] = [[], []]
    },
    /** Returns how many orders were decided too early, because too many of them waited. */
    dropped: () => dropped
  }
}
