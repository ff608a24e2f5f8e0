import { isNone } from '../facts'
import { quote } from '../messages'
import type { LineProblem } from '../reasons'
import { toOptionalId } from '../text'
import type { PurchaseItem } from '../types'
import { toPrice, toQuantity } from './amount'
import type { Payload } from './generated-types'

type OrderLine = Payload['items'][number]

/** Options for reading the lines of an order. */
export type LineOptions = {
  /** The ISO 4217 code of the order's currency, if it is known. */
  currency?: string
  /** Whether to skip lines whose price is missing, 0 or less. Topsort refuses them. */
  skipsUnpriced: boolean
}

/** Why a line cannot be reported, with the value that is the problem. */
type Problem = { code: LineProblem['code']; value?: string }

/** A line that can be reported, or its problem. */
export type Line = { ok: true; item: PurchaseItem } | ({ ok: false } & Problem)

/**
 * Reads a line of an order.
 *
 * Topsort counts whole items. So that the revenue stays correct, a fractional quantity (0.75 kg) becomes one item with
 * the total price.
 */
export function toLine(line: OrderLine, { currency, skipsUnpriced }: LineOptions): Line {
  const productId = toOptionalId(line.productId)
  if (!productId) {
    return isNone(line.productId)
      ? fail('line_without_product_id')
      : fail('line_product_id_meaningless', line.productId)
  }

  const quantity = isMissing(line.quantity) ? 1 : toQuantity(line.quantity)
  if (quantity === undefined) return fail('line_quantity_invalid', line.quantity)
  if (quantity <= 0) return fail('line_quantity_not_positive', quantity)

  const vendorId = toOptionalId(line.vendorId)
  if (!hasPrice(line)) {
    return skipsUnpriced ? fail('line_without_price') : { ok: true, item: { productId, quantity, vendorId } }
  }
  const isTotal = !isMissing(line.lineTotal)
  const written = isTotal ? line.lineTotal : line.unitPrice
  const price = toPrice(written, currency)
  if (price === undefined) return fail('line_price_invalid', written)
  if (price === 'ambiguous') return fail('line_price_ambiguous', written)
  if (skipsUnpriced && price <= 0) return fail('line_price_not_positive', price)

  const whole = Number.isInteger(quantity) ? quantity : 1
  const unitPrice = toUnitPrice(price, isTotal ? 1 : quantity, whole)
  if (unitPrice === undefined) return fail('line_amount_incalculable', `${price} for ${quantity}`)
  return { ok: true, item: { productId, unitPrice, quantity: whole, vendorId } }
}

/** Returns whether a line has a price, which may be invalid. */
export function hasPrice({ unitPrice, lineTotal }: OrderLine): boolean {
  return !isMissing(unitPrice) || !isMissing(lineTotal)
}

/** Returns whether a price is the only problem of these lines. */
export function isUnpriced({ code }: LineProblem): boolean {
  return code === 'line_without_price' || code === 'line_price_not_positive'
}

/** Adds a problem of a line, which is counted from 1, to those of the lines before it. */
export function addProblem(problems: LineProblem[], { code, value }: Problem, line: number): void {
  let problem = problems.find((other) => other.code === code)
  if (!problem) {
    problem = { code, lines: [], ...(value !== undefined && { values: [] }) }
    problems.push(problem)
  }
  problem.lines.push(line)
  if (value !== undefined) problem.values?.push(value)
}

function fail(code: Problem['code'], value?: unknown): Line {
  return value === undefined ? { ok: false, code } : { ok: false, code, value: quote(value) }
}

/** Returns whether a value is undefined, null or blank. */
function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

/**
 * Returns the price of one of `whole` items, if `price` is for one of `count`. Rounds away the errors of binary
 * fractions: 0.1 × 3 is 0.3.
 * @returns nothing if the result is too large or too small for a number
 */
function toUnitPrice(price: number, count: number, whole: number): number | undefined {
  if (count === whole) return price
  const unitPrice = Number(((price * count) / whole).toPrecision(12))
  return Number.isFinite(unitPrice) && (unitPrice !== 0 || price === 0) ? unitPrice : undefined
}
