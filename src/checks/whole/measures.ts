import type { Cost, CostKind, Money } from '../finding'
import { createSums } from '../money'
import { addTo, type CountName, type DayCounts, emptyCounts, type SumName } from './group-days'
import { sayShare } from './say'
import type { StepRules } from './steps'

/** A share that a broken release changes. */
export type Measure = {
  /** Its name in samples. */
  name: string
  part: (counts: DayCounts) => number
  of: (counts: DayCounts) => number
  rules: StepRules
  /** Writes the first sentence about a step, without its day. */
  say: (before: number, after: number) => string
  /** What a step costs. Absent if it costs no revenue that can be calculated. */
  cost?: { of: CostKind; amounts: (before: DayCounts, after: DayCounts) => Money[] }
}

/** Days with less are not compared. */
const ENOUGH_EVENTS = 10
const ENOUGH_ORDERS = 8

/** A share that falls by less may have many reasons, such as other ads. */
const FALLS: StepRules = { direction: 'falls', minOf: ENOUGH_EVENTS, minDifference: 0.1, maxRatio: 0.7 }

const FALLS_OF_ORDERS: StepRules = { ...FALLS, minOf: ENOUGH_ORDERS, minDifference: 0.2, maxRatio: 0.5 }

const RISES: StepRules = { direction: 'rises', minOf: ENOUGH_EVENTS, minDifference: 0.1, maxRatio: 0.5 }

/** The shares that are watched. */
export const MEASURES: readonly Measure[] = [
  {
    name: 'clicks with a bid',
    part: (counts) => counts.clicksWithBid,
    of: (counts) => counts.clicks,
    rules: FALLS,
    say: (before, after) => `${sayShare(after)} of clicks have a bid (${sayShare(before)} before)`,
    cost: {
      of: 'uncredited',
      amounts: (before, after) => lostSums(shareOf(before, 'pairsWithBid', 'pairs'), after, 'clicked', 'credited')
    }
  },
  {
    name: 'impressions with a bid',
    part: (counts) => counts.impressionsWithBid,
    of: (counts) => counts.impressions,
    rules: FALLS,
    say: (before, after) => `${sayShare(after)} of impressions have a bid (${sayShare(before)} before)`
  },
  {
    name: 'order lines with a price',
    part: (counts) => counts.linesWithPrice,
    of: (counts) => counts.lines,
    rules: { ...FALLS, minOf: ENOUGH_ORDERS },
    say: (before, after) => `${sayShare(after)} of order lines have a price (${sayShare(before)} before)`,
    cost: {
      of: 'not reported',
      amounts: (before, after) => missingRevenue(before, after, 'linesWithPrice', 'lines')
    }
  },
  {
    name: 'orders after a click',
    part: (counts) => counts.ordersWithClick,
    of: (counts) => counts.ordersSent,
    rules: FALLS_OF_ORDERS,
    say: (before, after) =>
      `${sayShare(after)} of orders are of a user who clicked before (it was ${sayShare(before)})`,
    cost: {
      of: 'uncredited',
      amounts: (before, after) =>
        lostSums(shareOf(before, 'ordersWithClick', 'ordersSent'), after, 'reported', 'afterClick')
    }
  },
  {
    name: 'events that fail',
    part: (counts) => counts.failed,
    of: (counts) => counts.taken,
    rules: RISES,
    say: (before, after) => `${sayShare(after)} of the events that a mapping takes fail (${sayShare(before)} before)`,
    cost: {
      of: 'not reported',
      amounts: (before, after) => missingRevenue(before, after, 'ordersSent', 'orders')
    }
  }
]

/** Adds up the counts of several days. */
export function addUpDays(days: readonly DayCounts[]): DayCounts {
  const all = emptyCounts()
  for (const day of days) addTo(all, day)
  return all
}

/** Joins costs of the same kind. */
export function joinCosts(of: CostKind, moneys: readonly Money[]): Cost[] {
  return createSums(moneys).costs(of)
}

function shareOf(counts: DayCounts, part: CountName, of: CountName): number {
  return counts[of] === 0 ? 0 : counts[part] / counts[of]
}

/** Returns what a sum lacks, if it should be a share of another sum as before. */
function lostSums(share: number, after: DayCounts, all: SumName, part: SumName): Money[] {
  return Object.entries(after.money).map(([currency, sums]) => toMoney(currency, share * sums[all] - sums[part]))
}

/**
 * Returns the revenue of orders or lines that are missing, if they are worth as much as those before.
 *
 * @param sent how many arrive
 * @param all how many the shop has sent
 */
function missingRevenue(before: DayCounts, after: DayCounts, sent: CountName, all: CountName): Money[] {
  if (before[sent] === 0) return []
  const missing = shareOf(before, sent, all) * after[all] - after[sent]
  return Object.entries(before.money).map(([currency, { reported }]) =>
    toMoney(currency, (reported / before[sent]) * missing)
  )
}

/** Rounds an estimate to cents. */
export function toMoney(currency: string, amount: number): Money {
  return { amount: Math.max(0, Math.round(amount * 100) / 100), currency: currency === '' ? null : currency }
}
