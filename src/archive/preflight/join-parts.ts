import { roundMoney } from '../../sandbox/attribution'
import { createClicks } from './credit'
import { withTotals } from './counts'
import { mergeReports } from './merge-reports'
import type { Report } from './report'
import type { PartResult } from './run-part'

const SHORT_MEMORY =
  'Each thread knows only the day before its own days. So mistakes that began earlier may be missed: an old bid, order or id that comes again, and an order with another user id than the clicks before it. An order whose user was last seen earlier counts as no-interaction. Read with one thread to find all of them.'

/**
 * Joins the parts of an archive, in order of time. An order may be credited to a click in an earlier part.
 */
export function joinParts(parts: readonly PartResult[]): Report {
  const report = mergeReports(parts.map((part) => part.report))
  const known = parts.map(({ clicks }) => createClicks(clicks))
  const byDay = new Map(report.days.map((day) => [day.day, day]))

  parts.forEach(({ undecided }, index) => {
    const earlier = known.slice(0, index)
    for (const { user, time, day: name, hasEarlierClick, lines } of undecided) {
      const day = byDay.get(name)
      if (!day) continue
      if (!hasEarlierClick && earlier.some((clicks) => clicks.hasEarlierClick(user, time))) {
        day.ordersWithEarlierClick += 1
      }
      for (const line of lines) {
        if (!earlier.some((clicks) => clicks.isCredited(user, line.product, time))) continue
        report.revenue.creditedLines += 1
        day.credited = roundMoney(day.credited + line.revenue)
      }
    }
  })
  if (parts.length > 1) report.limits.push(SHORT_MEMORY)
  return withTotals(report)
}
