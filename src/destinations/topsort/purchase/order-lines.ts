import { toCandidates, toFirst, toOptionalId } from '../facts'
import { quote } from '../messages'
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

/**
 * A line that can be reported, or a problem, which starts with a verb. `unpriced` is set if the price is the only
 * problem.
 */
export type Line = { ok: true; item: PurchaseItem } | { ok: false; problem: string; unpriced?: true }

/**
 * Reads a line of an order.
 *
 * Topsort counts whole items. So that the revenue stays correct, a fractional quantity (0.75 kg) becomes one item with
 * the total price.
 */
export function toLine(line: OrderLine, { currency, skipsUnpriced }: LineOptions): Line {
  const productId = toOptionalId(toFirst(toCandidates(line.productId, line.otherIds)))
  if (!productId) return { ok: false, problem: 'has no product id' }

  const quantity = isMissing(line.quantity) ? 1 : toQuantity(line.quantity)
  if (quantity === undefined) return { ok: false, problem: `has an invalid quantity: ${quote(line.quantity)}` }
  if (quantity <= 0) return { ok: false, problem: `has a quantity of ${quantity}` }

  const price = toPrice(line.unitPrice, currency)
  if (price === undefined && !isMissing(line.unitPrice)) {
    return { ok: false, problem: `has a price that is not a number, or could be two: ${quote(line.unitPrice)}` }
  }
  if (skipsUnpriced && (price === undefined || price <= 0)) {
    return { ok: false, problem: price === undefined ? 'has no price' : `has a price of ${price}`, unpriced: true }
  }

  const vendorId = toOptionalId(toFirst([line.vendorId, line.brand]))
  if (price === undefined || Number.isInteger(quantity)) {
    return { ok: true, item: { productId, unitPrice: price, quantity, vendorId } }
  }
  const total = withoutNoise(price * quantity)
  return Number.isFinite(total) && (total !== 0 || price === 0)
    ? { ok: true, item: { productId, unitPrice: total, quantity: 1, vendorId } }
    : { ok: false, problem: `has an amount that cannot be calculated: ${price} times ${quantity}` }
}

/** Returns whether a line has no product id. */
export function isWithoutProduct({ productId, otherIds }: OrderLine): boolean {
  return toCandidates(productId, otherIds).every(isMissing)
}

/** Returns whether a value is undefined, null or blank. */
export function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

/** Removes rounding errors of binary fractions: 0.1 × 3 is 0.3. */
function withoutNoise(number: number): number {
  return Number(number.toPrecision(12))
}
