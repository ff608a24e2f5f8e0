import type { SentLine } from '../order-revenue'
import { readProducts, type Properties } from '../properties'
import { listOwnTotals } from './own-totals'
import type { SentOrder } from './sent-orders'

/** Known reasons why lines do not add up to a total, each as the end of a sentence. */
export const CAUSES = {
  lineTotal: 'the price is the total of the line',
  cents: 'the price is in cents',
  thousands: 'the price has lost its thousands',
  thousandfold: 'the decimal mark of the price was read as a thousands mark',
  noQuantity: 'no line has a quantity'
}

export type Cause = keyof typeof CAUSES

/** What the total of an order says about its lines. */
export type Explanation =
  /** The order has no total above 0. */
  | { is: 'unknown' }
  | { is: 'right' }
  /** The lines do not add up to the total. Without a cause, `total` is the nearest amount that they may have. */
  | { is: 'wrong'; total: number; cause?: Cause }

/** Currencies that are written without decimals. Their total, not their price, is wrong if it is a thousandth. */
const WITHOUT_DECIMALS = new Set(['CLP', 'COP', 'IDR', 'JPY', 'KRW', 'PYG', 'VND'])

/** A little more than a cent, because of binary fractions. */
const CENT = 0.0101

const TOLERANCE = 0.01

/** Compares the lines of an order that were sent with the totals that the order itself names. */
export function explainTotal({ properties, lines, revenue: { amount }, currency }: SentOrder): Explanation {
  const totals = listOwnTotals(properties)
  if (totals.length === 0 || amount <= 0) return { is: 'unknown' }
  const findFitting = (sum: number): number | undefined => totals.find((total) => fitsTotal(sum, total, lines.length))
  if (findFitting(amount) !== undefined) return { is: 'right' }
  if (WITHOUT_DECIMALS.has(currency) && findFitting(amount / 1000) !== undefined) return { is: 'right' }

  const prices = lines.reduce((sum, { unitPrice }) => sum + unitPrice, 0)
  const tried: [Cause, number | undefined][] = [
    ['lineTotal', hasSeveral(lines) ? findFitting(prices) : undefined],
    ['cents', findFitting(amount / 100)],
    ['thousands', findFitting(amount * 1000)],
    ['thousandfold', findFitting(amount / 1000)],
    ['noQuantity', hasQuantity(properties) ? undefined : findMultiple(lines, amount, totals)]
  ]
  for (const [cause, total] of tried) if (total !== undefined) return { is: 'wrong', total, cause }
  return { is: 'wrong', total: findNearest(amount, totals) }
}

/** Returns whether a line has several items of its product. */
export function hasSeveral(lines: readonly SentLine[]): boolean {
  return lines.some(({ quantity = 1 }) => quantity > 1)
}

/** Returns whether a line names its quantity, or whether the lines are not where this check can read them. */
export function hasQuantity(properties: Properties): boolean {
  const lines = readProducts(properties)
  return lines.length === 0 || lines.some(({ quantity, qty }) => (quantity ?? qty) !== undefined)
}

/** Returns whether lines add up to a total: within a cent a line, or 1 %. */
export function fitsTotal(sum: number, total: number, lines: number): boolean {
  return Math.abs(sum - total) <= Math.max(CENT * lines, total * TOLERANCE)
}

/** Returns a total that one line explains if it stands for several items. A price below 1 would explain nearly all. */
function findMultiple(lines: readonly SentLine[], amount: number, totals: readonly number[]): number | undefined {
  return totals.find((total) =>
    lines.some(({ unitPrice }) => {
      const more = (total - amount) / unitPrice
      const error = Math.abs(more - Math.round(more)) * unitPrice
      return more > 0.5 && unitPrice > 1 && error <= CENT * lines.length
    })
  )
}

function findNearest(amount: number, totals: readonly number[]): number {
  const distance = (total: number): number => Math.abs(Math.log(amount / total))
  return totals.reduce((one, other) => (distance(other) < distance(one) ? other : one))
}
