import { roundAmount } from '../money'
import { readNumber } from '../order-revenue'
import { readProducts, readText, type Properties } from '../properties'

/** The properties in which shops send the amount of an order. */
const TOTALS = ['total', 'revenue', 'subtotal', 'value']

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
