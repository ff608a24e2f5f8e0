import type { Cost, CostKind, Money } from '../finding'
import { createSums } from '../money'
import type { CountName, DayCounts, SumName } from './group-days'
import { sayShare } from '../say'
import type { StepRules } from './steps'

/** A share that a broken release changes. */
export type Measure = {
  /** Its name in samples. */
  name: string
  part: CountName
  of: CountName
  rules: StepRules
  /** Writes the first sentence about a step, without its day. */
  say: (before: number, after: number) => string
  /** What happens to orders because of a step. Absent if it costs no revenue that can be calculated. */
  costOf?: CostKind
  /**
   * Returns what a step costs.
   *
   * @param shop the days before, of all sources
   */
  amounts?: (before: DayCounts, after: DayCounts, shop: DayCounts) => Money[]
}

/** Days with less are not compared. */
const ENOUGH_EVENTS = 10
const ENOUGH_ORDERS = 8

/** With fewer order lines, their share is not known well. */
const ENOUGH_LINES = 50

/** A share that falls by less may have many reasons, such as other ads. */
const FALLS: StepRules = { direction: 'falls', minOf: ENOUGH_EVENTS, minDifference: 0.1, maxRatio: 0.7 }

const FALLS_OF_ORDERS: StepRules = { ...FALLS, minOf: ENOUGH_ORDERS, minDifference: 0.2, maxRatio: 0.5 }

const RISES: StepRules = { direction: 'rises', minOf: ENOUGH_EVENTS, minDifference: 0.1, maxRatio: 0.5 }

/** The shares that are watched. */
export const MEASURES: readonly Measure[] = [
  {
    name: 'clicks with a bid',
    part: 'clicksWithBid',
    of: 'clicks',
    rules: FALLS,
    say: (before, after) => `${sayShare(after)} of clicks have a bid (${sayShare(before)} before)`,
    costOf: 'uncredited',
    amounts: (before, after, shop) => lostCredit(creditedShare(before, shop), after)
  },
  {
    name: 'impressions with a bid',
    part: 'impressionsWithBid',
    of: 'impressions',
    rules: FALLS,
    say: (before, after) => `${sayShare(after)} of impressions have a bid (${sayShare(before)} before)`
  },
  {
    name: 'order lines with a price',
    part: 'linesWithPrice',
    of: 'lines',
    rules: { ...FALLS, minOf: ENOUGH_ORDERS },
    say: (before, after) => `${sayShare(after)} of order lines have a price (${sayShare(before)} before)`,
    costOf: 'not reported',
    amounts: (before, after) => missingRevenue(before, after, 'linesWithPrice', 'lines')
  },
  {
    name: 'orders after a click',
    part: 'ordersWithClick',
    of: 'ordersSent',
    rules: FALLS_OF_ORDERS,
    say: (before, after) =>
      `${sayShare(after)} of orders are of a user who clicked before (it was ${sayShare(before)})`,
    costOf: 'uncredited',
    amounts: (before, after) =>
      lostSums(shareOf(before, 'ordersWithClick', 'ordersSent'), after, 'reported', 'afterClick')
  },
  {
    name: 'events that fail',
    part: 'failed',
    of: 'taken',
    rules: RISES,
    say: (before, after) => `${sayShare(after)} of the events that a mapping takes fail (${sayShare(before)} before)`,
    costOf: 'not reported',
    amounts: (before, after) => missingRevenue(before, after, 'ordersSent', 'orders')
  }
]

/** Joins costs of the same kind. */
export function joinCosts(of: CostKind, moneys: readonly Money[]): Cost[] {
  return createSums(moneys).costs(of)
}

function shareOf(counts: DayCounts, part: CountName, of: CountName): number {
  return counts[of] === 0 ? 0 : counts[part] / counts[of]
}

/**
 * Returns how many of the clicked order lines are credited. Few sources have enough orders to tell, so this is the share of
 * the pairs of users and products that have a bid, corrected by what it is for the orders of the whole shop: users who
 * order click more often, and so more often on an ad.
 */
function creditedShare(before: DayCounts, shop: DayCounts): number {
  const share = shareOf(before, 'pairsWithBid', 'pairs')
  const ofPairs = shareOf(shop, 'pairsWithBid', 'pairs')
  if (shop.linesClicked < ENOUGH_LINES || ofPairs === 0) return share
  return Math.min(1, (share * shareOf(shop, 'linesCredited', 'linesClicked')) / ofPairs)
}

/**
 * Returns what clicks would have been credited with, if as many had a bid as before. Some lines are credited all the same:
 * to earlier clicks, or to ads that did not lose their bids. So only the others count, with the share that they lost.
 *
 * @param share how many clicked lines were credited before
 */
function lostCredit(share: number, after: DayCounts): Money[] {
  const shareAfter = Math.min(share, shareOf(after, 'pairsWithBid', 'pairs'))
  const lost = shareAfter >= 1 ? 0 : (share - shareAfter) / (1 - shareAfter)
  return Object.entries(after.money).map(([currency, { clicked, credited }]) =>
    toMoney(currency, lost * (clicked - credited))
  )
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
export function missingRevenue(before: DayCounts, after: DayCounts, sent: CountName, all: CountName): Money[] {
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
