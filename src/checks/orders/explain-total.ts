import { readNumber, roundAmount, type SentLine } from '../money'
import { type Properties, readProducts, readText } from '../properties'
import type { SentOrder } from './sent-orders'

/** The properties in which shops send the amount of an order. */
export const TOTALS = ['total', 'revenue', 'subtotal', 'value']

/** A plain number, such as `1299.5`. */
const NUMBER = /^-?\d+(\.\d+)?$/

/** One mark before exactly three digits: `45.900` may be 45.9 or 45900. */
const AMBIGUOUS = /^\d{1,3}[.,]\d{3}$/

/** Text whose last one or two digits may be decimals, such as `1.299,00`. */
const MONEY = /^(?<whole>-?\d[\d.,]*?)(?:[.,](?<decimals>\d{1,2}))?$/

/**
 * Returns all amounts that the lines of an order may rightly have, as the order's own properties say: each total as it is,
 * and without shipping and taxes or before discounts. Empty if the order has no total above 0.
 */
export function listOwnTotals(properties: Properties): number[] {
  const totals = TOTALS.flatMap((name) => readAmounts(properties[name])).filter((total) => total > 0)
  if (totals.length === 0) return []
  const shipping = readAmounts(properties.shipping)
  const taxes = readAmounts(properties.tax)
  const discounts = [...readAmounts(properties.discount), ...listLineDiscounts(properties)].map(Math.abs)
  const all = new Set<number>()
  for (const total of totals) {
    for (const fee of [0, ...shipping]) {
      for (const tax of [0, ...taxes, ...taxes.map((each) => -each)]) {
        for (const discount of [0, ...discounts]) all.add(roundAmount(total - fee - tax + discount))
      }
    }
  }
  return [...all].filter((total) => total > 0)
}

/**
 * Returns the sum of the discounts of the lines, once for each line and once for each item, and the sum of the lines that
 * are discounts or returns.
 */
function listLineDiscounts(properties: Properties): number[] {
  const sums = { lines: 0, items: 0, negative: 0 }
  for (const { discount, price, quantity } of readProducts(properties)) {
    const [amount = 0] = readAmounts(discount)
    const [unitPrice = 0] = readAmounts(price)
    const count = readNumber(quantity ?? 1) || 1
    sums.lines += amount
    sums.items += amount * count
    if (unitPrice < 0 || count < 0) sums.negative += Math.abs(unitPrice * count)
  }
  return Object.values(sums).filter((sum) => sum !== 0)
}

/** Returns the amounts that a value may mean. Text such as `1.299,00 €` means one, and `45.900` may mean two. */
function readAmounts(value: unknown): number[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [value] : []
  const text = readText(value)?.replace(/[^\d.,-]/g, '') ?? ''
  if (AMBIGUOUS.test(text)) return [Number(text.replace(',', '.')), Number(text.replace(/[.,]/, ''))]
  if (NUMBER.test(text)) return [Number(text)]
  const money = MONEY.exec(text)?.groups
  return money ? [Number(`${money.whole.replace(/[.,]/g, '')}.${money.decimals || 0}`)] : []
}

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
