import { DAY } from '../../src/core'
import { describe, isMistaken, pickMistake, track, wait } from './calls'
import type { Properties, Visit } from './calls'
import type { Product } from './marketplace'
import type { MistakeCode } from './mistakes'
import type { Expected } from './truth'

type Bought = { product: Product; quantity: number }

const ATTRIBUTION_WINDOW = 14 * DAY

/** An order has at most one of these mistakes, so that each one can be counted. */
const ORDER_MISTAKES = [
  'user-id-mismatch',
  'no-vendor',
  'brand-as-vendor',
  'unusable-line',
  'double-purchase',
  'shared-id'
] as const satisfies MistakeCode[]

type OrderMistake = (typeof ORDER_MISTAKES)[number]

/** Orders the products in the cart. */
export function order(visit: Visit): void {
  const { random, shopper, isExcluded } = visit
  const mistake = isExcluded ? undefined : pickMistake(visit, ORDER_MISTAKES)
  const isMismatch = mistake === 'user-id-mismatch'
  const bought = visit.cart.map((product) => ({ product, quantity: random.chance(0.2) ? random.integer(2, 4) : 1 }))
  const properties = describeOrder(visit, bought, mistake)
  const expected: Expected = {
    purchases: 1,
    revenue: centsOf(bought),
    credited: isMismatch ? 0 : centsOf(bought.filter(({ product }) => isCredited(visit, product))),
    leftOut: mistake === 'unusable-line' ? 2_500 : 0
  }
  const messageId = mistake === 'shared-id' ? takeOldOrder(visit) : undefined
  const channel = isMismatch || random.chance(0.25) ? 'server' : shopper.channel
  const ids = isMismatch ? { userId: shopper.userId } : undefined
  const used = track(visit, 'Order Completed', properties, expected, { channel, messageId, ids })
  if (messageId === undefined && !isExcluded) visit.orders.push({ messageId: used, time: visit.now })
  countMistake(visit, bought, mistake, messageId)

  if (mistake === 'double-purchase') {
    wait(visit, 20, 120)
    track(visit, 'Order Completed', properties, expected, { channel })
  }
  if (isMistaken(visit, 'no-interaction')) orderOfStranger(visit)
}

function describeOrder(visit: Visit, bought: Bought[], mistake: OrderMistake | undefined): Properties {
  const lines = bought.map(({ product, quantity }, index): Properties => {
    const price = writePrice(visit, product.price)
    const line = { ...describe(product), price, quantity, vendorId: product.vendorId }
    if (mistake === 'brand-as-vendor') return { ...line, vendorId: undefined }
    if (mistake === 'no-vendor' && index === 0) return { ...line, vendorId: undefined, brand: undefined }
    return line
  })
  const lost = { name: 'Gift card', price: 25, quantity: 1, vendorId: 'v_1' }
  return {
    order_id: `o_${visit.random.hex(10)}`,
    currency: 'USD',
    total: centsOf(bought) / 100,
    products: mistake === 'unusable-line' ? [...lines, lost] : lines
  }
}

/** @param oldId the message id of the older order that the mistake `shared-id` uses again, if there is one */
function countMistake(
  { truth }: Visit,
  bought: Bought[],
  mistake: OrderMistake | undefined,
  oldId: string | undefined
): void {
  if (mistake === 'brand-as-vendor') truth.found(mistake, new Set(bought.map(({ product }) => product.brand)).size)
  else if (mistake !== undefined && (mistake !== 'shared-id' || oldId !== undefined)) truth.found(mistake)
}

/** Reports an order without a visit, such as an order by telephone. */
function orderOfStranger(visit: Visit): void {
  const { random, products } = visit
  const product = products[random.rank(products.length)]
  const line = { ...describe(product), price: product.price, quantity: 1, vendorId: product.vendorId }
  const properties = { order_id: `o_${random.hex(10)}`, currency: 'USD', total: product.price, products: [line] }
  const expected = { purchases: 1, revenue: toCents(product.price) }
  track(visit, 'Order Completed', properties, expected, { channel: 'server', ids: { anonymousId: random.uuid() } })
}

function isCredited({ memory, now }: Visit, { id }: Product): boolean {
  return Object.values(memory.clicks.get(id) ?? {}).some((time) => now - time <= ATTRIBUTION_WINDOW)
}

function writePrice({ random, textPrices }: Visit, price: number): number | string {
  return random.chance(textPrices) ? `$${price.toLocaleString('en-US', { minimumFractionDigits: 2 })}` : price
}

function takeOldOrder({ orders, now }: Visit): string | undefined {
  const oldest = orders.at(0)
  return oldest && now - oldest.time > 2 * DAY ? orders.shift()?.messageId : undefined
}

function centsOf(bought: readonly Bought[]): number {
  return bought.reduce((sum, { product, quantity }) => sum + toCents(product.price) * quantity, 0)
}

function toCents(dollars: number): number {
  return Math.round(dollars * 100)
}
