import * as amount from '../amount'
import { identifier, readJson, text } from '../normalize'
import type { PurchaseItem } from '../types'
import type { Payload } from './generated-types'

/** A line of an order as it came, with values that shops write in many ways. */
type OrderLine = Payload['items'][number]

/** A line that can be reported, or why it can't; `unpriced` when only for its price, which is missing or not above 0. */
export type ReadLine = { item: PurchaseItem } | { problem: string; unpriced?: boolean }

/**
 * What a line of an order is for Topsort, which counts whole items at prices above 0.
 *
 * The revenue has to stay true, so a fractional quantity (0.75 kg) becomes one item at the price of all of it.
 */
export function readLine(line: OrderLine): ReadLine {
  const productId = identifier(line.productId)
  if (!productId) return { problem: 'has no product id' }

  const quantity = isMissing(line.quantity) ? 1 : amount.quantity(readJson(line.quantity))
  if (quantity === undefined) return { problem: `has a quantity that is no number: ${quote(line.quantity)}` }
  if (quantity <= 0) return { problem: `has a quantity of ${quantity}` }

  if (isMissing(line.unitPrice)) return { problem: 'has no price', unpriced: true }
  const price = amount.price(readJson(line.unitPrice))
  if (price === undefined)
    return { problem: `has a price that is no number, or could be two: ${quote(line.unitPrice)}` }
  if (price <= 0) return { problem: `has a price of ${price}`, unpriced: true }

  const counted = Number.isInteger(quantity)
    ? { unitPrice: price, quantity }
    : { unitPrice: exact(price * quantity), quantity: 1 }
  if (counted.unitPrice === 0 || counted.unitPrice === Infinity) {
    return { problem: `has a quantity that its price cannot be multiplied by: ${quote(line.quantity)}` }
  }
  return { item: { productId, ...counted, vendorId: identifier(line.vendorId) } }
}

/** Without the noise that binary fractions leave: 0.1 × 3 is 0.3. */
function exact(number: number): number {
  return Number(number.toPrecision(12))
}

/** Whether there is nothing: null, blank text, or no value at all. An object is something, though no number. */
function isMissing(value: unknown): boolean {
  const read = readJson(value)
  return typeof read !== 'object' || read === null ? text(read) === undefined : false
}

function quote(value: unknown): string {
  const written = JSON.stringify(readJson(value))
  return written.length > 40 ? `${written.slice(0, 40)}…` : written
}
