import type { EventsByType } from '../contract'
import { toEpoch } from '../time'

/** One line of an order. */
export type OrderLine = {
  purchaseId: string
  /** The place in the order, from 1. */
  line: number
  productId: string
  vendorId?: string
  opaqueUserId: string
  /** In epoch milliseconds. */
  orderedAt: number
  /** Unit price times quantity, in the marketplace's currency. */
  revenue: number
}

/** Splits an order into its lines. */
export function toOrderLines({ id, opaqueUserId, occurredAt, items }: EventsByType['purchases']): OrderLine[] {
  const orderedAt = toEpoch(occurredAt)
  return items.map(({ productId, vendorId, unitPrice, quantity = 1 }, index) => ({
    purchaseId: id,
    line: index + 1,
    productId,
    vendorId,
    opaqueUserId,
    orderedAt,
    revenue: roundMoney(unitPrice * quantity)
  }))
}

/** Rounds to 6 decimals, so that 3 times 0.1 is 0.3. Replaces infinity, which JSON does not have. */
export function roundMoney(amount: number): number {
  return Number(Math.min(amount, Number.MAX_VALUE).toFixed(6))
}

/**
 * Adds two amounts. Each step is rounded, because the error of many additions of binary numbers would show: a sum would be
 * 2901302.070004.
 */
export function addMoney(one: number, other: number): number {
  return roundMoney(one + other)
}

/** Adds up amounts. */
export function addUp(amounts: readonly number[]): number {
  return amounts.reduce(addMoney, 0)
}
