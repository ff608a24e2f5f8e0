import { roundAmount } from '../checks'

/** Amounts by currency. `unknown` is for orders that name none. */
export type Amounts = Record<string, number>

const COUNTS = [
  /** Events that a mapping takes, once for each of them. */
  'taken',
  'delivered',
  'failed',
  /** Deliveries that must not be: refunds, orders of the till, the second event of one order. */
  'unwanted',
  /** Impressions and clicks with the bid of an ad. */
  'withBid',
  /** Orders that are sent. */
  'orders',
  /** Those of them whose lines add up to a total of the order. */
  'fitting',
  /** Orders that are reported again under another id. */
  'twice',
  'lines',
  'linesWithVendor',
  /** Orders of a product that the same user clicked before, and those of them that had clicked an ad for it. */
  'afterClick',
  'credited'
] as const

const AMOUNTS = [
  'revenue',
  'creditedRevenue',
  /** What the orders say that they are worth. */
  'ownTotal'
] as const

/** What becomes of events with a configuration. */
export type Figures = Record<(typeof COUNTS)[number], number> & Record<(typeof AMOUNTS)[number], Amounts>

/** Adds figures up. Without any, all are zero. */
export function sumFigures(all: readonly Figures[]): Figures {
  const counts = COUNTS.map((key) => [key, all.reduce((sum, figures) => sum + figures[key], 0)])
  const sum = Object.fromEntries([...counts, ...AMOUNTS.map((key) => [key, {}])]) as Figures
  for (const figures of all) {
    for (const key of AMOUNTS) {
      for (const [currency, amount] of Object.entries(figures[key])) addAmount(sum[key], currency, amount)
    }
  }
  return sum
}

/** Adds an amount to those of its currency. */
export function addAmount(amounts: Amounts, currency: string, amount: number): void {
  amounts[currency] = roundAmount((Object.hasOwn(amounts, currency) ? amounts[currency] : 0) + amount)
}

/** Counts of which more is better, and those of which less is better. */
const BETTER_UP = ['delivered', 'withBid', 'fitting', 'linesWithVendor', 'afterClick', 'credited'] as const
const BETTER_DOWN = ['unwanted', 'twice'] as const

/** Returns whether a figure is worse than before. Events that no mapping took before may fail now. */
export function isWorse(before: Figures, after: Figures): boolean {
  const failsMore = before.taken > 0 && after.failed > before.failed
  return failsMore || hasFall(before, after)
}

/** Returns whether a figure is better than before, and none is worse. */
export function isBetter(before: Figures, after: Figures): boolean {
  return !isWorse(before, after) && (hasFall(after, before) || after.failed < before.failed)
}

function hasFall(before: Figures, after: Figures): boolean {
  return BETTER_UP.some((key) => after[key] < before[key]) || BETTER_DOWN.some((key) => after[key] > before[key])
}
