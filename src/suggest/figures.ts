import { roundAmount } from '../checks'

/** Amounts by currency. `unknown` is for orders that name none. */
export type Amounts = Record<string, number>

/** What becomes of events with a configuration. */
export type Figures = {
  /** Events that a mapping takes, once for each of them. */
  taken: number
  delivered: number
  failed: number
  /** Deliveries that must not be: refunds, orders of the till, the second event of one order. */
  unwanted: number
  /** Impressions and clicks with the bid of an ad. */
  withBid: number
  /** Orders that are sent. */
  orders: number
  /** Those of them whose lines add up to a total of the order. */
  fitting: number
  /** Orders that are reported again under another id. */
  twice: number
  lines: number
  linesWithVendor: number
  /** Orders of a product that the same user clicked before, and those of them that had clicked an ad for it. */
  afterClick: number
  credited: number
  revenue: Amounts
  creditedRevenue: Amounts
  /** What the orders say that they are worth. */
  ownTotal: Amounts
}

/** Returns the figures of no events. */
export function noFigures(): Figures {
  return {
    taken: 0,
    delivered: 0,
    failed: 0,
    unwanted: 0,
    withBid: 0,
    orders: 0,
    fitting: 0,
    twice: 0,
    lines: 0,
    linesWithVendor: 0,
    afterClick: 0,
    credited: 0,
    revenue: {},
    creditedRevenue: {},
    ownTotal: {}
  }
}

/** Adds figures up. */
export function sumFigures(all: readonly Figures[]): Figures {
  const sum = noFigures()
  for (const figures of all) {
    for (const key of COUNTS) sum[key] += figures[key]
    for (const key of AMOUNTS)
      for (const [currency, amount] of Object.entries(figures[key])) addAmount(sum[key], currency, amount)
  }
  return sum
}

/** Adds an amount to those of its currency. */
export function addAmount(amounts: Amounts, currency: string, amount: number): void {
  amounts[currency] = roundAmount((Object.hasOwn(amounts, currency) ? amounts[currency] : 0) + amount)
}

const COUNTS = [
  'taken',
  'delivered',
  'failed',
  'unwanted',
  'withBid',
  'orders',
  'fitting',
  'twice',
  'lines',
  'linesWithVendor',
  'afterClick',
  'credited'
] as const
const AMOUNTS = ['revenue', 'creditedRevenue', 'ownTotal'] as const

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
