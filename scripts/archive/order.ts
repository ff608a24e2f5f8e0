import { DAY } from '../../src/core'
import { SERVER_LAG } from './breaks'
import { describe, isMistaken, pickMistake, track, wait } from './calls'
import type { Visit } from './calls'
import type { Product } from './marketplace'
import { findOrderMistake, ORDER_MISTAKES } from './order-mistakes'
import type { OrderLine, OrderMistakeCode } from './order-mistakes'
import type { Expected } from './truth'

const ATTRIBUTION_WINDOW = 14 * DAY

const CODES = Object.keys(ORDER_MISTAKES) as OrderMistakeCode[]

/** Orders the products in the cart. */
export function order(visit: Visit): void {
  const { random, shopper, isExcluded } = visit
  const code = isExcluded ? undefined : pickMistake(visit, CODES)
  const mistake = findOrderMistake(code)
  const isMismatch = code === 'user-id-mismatch'
  const bought = readCart(visit)
  const lines = mistake.change?.(bought) ?? bought
  const orderId = `o_${random.hex(10)}`
  const channel = isMismatch || random.chance(0.25) ? 'server' : shopper.channel
  const isLate = channel === 'server' && visit.broken.names.includes('server-clock')
  const time = isLate ? visit.now - SERVER_LAG : visit.now
  const expected: Expected = {
    purchases: 1,
    revenue: centsOf(lines.filter(({ product }) => product !== undefined)),
    credited: isMismatch ? 0 : centsOf(lines.filter(({ product }) => product && isCredited(visit, product, time))),
    leftOut: centsOf(lines.filter(({ product }) => product === undefined))
  }
  if (isLate) visit.truth.broke('server-clock', expected.revenue ?? 0)
  const broken = breakOrder(visit, channel, expected, lines)
  const total = centsOf(bought) / 100
  const properties = {
    order_id: orderId,
    currency: 'USD',
    total,
    products: broken.lines,
    ...broken.properties,
    ...mistake.properties?.(total)
  }
  const messageId = code === 'shared-id' ? takeOldOrder(visit) : undefined
  const ids = isMismatch ? { userId: shopper.userId } : broken.ids
  const used = track(visit, broken.name, properties, broken.expected, { channel, messageId, ids })
  if (messageId === undefined && !isExcluded) visit.orders.push({ messageId: used, time: visit.now })
  const isMade = code !== 'shared-id' || messageId !== undefined
  if (code !== undefined && isMade) visit.truth.found(code, mistake.count?.(lines))

  if (code === 'double-purchase') {
    wait(visit, 20, 120)
    track(visit, broken.name, properties, broken.expected, { channel })
  }
  if (isMistaken(visit, 'no-interaction')) orderOfStranger(visit)
  if (isMistaken(visit, 'test-orders')) orderOfTester(visit)
}

type BrokenOrder = {
  name: string
  expected: Expected
  lines: OrderLine['sent'][]
  /** Other ids than those of the shopper. */
  ids?: { anonymousId: string }
  properties?: Record<string, unknown>
}

/** Returns an order as a shop sends it in which something has broken, and counts what it loses. */
function breakOrder(visit: Visit, channel: string, expected: Expected, lines: readonly OrderLine[]): BrokenOrder {
  const { broken, isExcluded, truth } = visit
  const order: BrokenOrder = { name: 'Order Completed', expected, lines: lines.map(({ sent }) => sent) }
  const lost = centsOf(lines.filter(({ product }) => product && isLost(visit, product)))
  if (lost > 0 && !isExcluded) truth.broke('broken-release', lost)
  const revenue = expected.revenue ?? 0
  if (broken.names.includes('unmapped-names') && channel === 'server') {
    if (!isExcluded) truth.broke('unmapped-names', revenue)
    return { ...order, name: 'Completed Order', expected: {} }
  }
  if (broken.names.includes('failing-mapping') && channel === 'web') {
    if (!isExcluded) truth.broke('failing-mapping', revenue)
    const renamed = order.lines.map(({ price, ...line }) => ({ ...line, unit_price: price }))
    return { ...order, expected: { failed: true }, lines: renamed }
  }
  if (broken.names.includes('guest-ids') && channel === 'server') {
    if (!isExcluded) truth.broke('guest-ids', revenue)
    const properties = { email: `${visit.shopper.anonymousId}@mail.example` }
    return { ...order, expected: { ...expected, credited: 0 }, ids: { anonymousId: 'guest' }, properties }
  }
  if (visit.isReset) {
    if (!isExcluded) truth.broke('resetting-ids', expected.credited ?? 0)
    return { ...order, expected: { ...expected, credited: 0 } }
  }
  if (!broken.names.includes('other-ids')) return order
  if (!isExcluded) truth.broke('other-ids', expected.credited ?? 0)
  const variants = lines.map(({ sent }, index) => ({ ...sent, product_id: `${String(sent.product_id)}-${index + 1}` }))
  return { ...order, expected: { ...expected, credited: 0 }, lines: variants }
}

/** Returns whether the product would be credited to an ad if the broken release had kept the bid. */
function isLost(visit: Visit, product: Product): boolean {
  const time = visit.memory.lostClicks.get(product.id)
  return time !== undefined && visit.now - time <= ATTRIBUTION_WINDOW && !isCredited(visit, product, visit.now)
}

/** Returns a line for each product in the cart. */
function readCart(visit: Visit): OrderLine[] {
  const { random, cart } = visit
  const quantities = cart.map(() => (random.chance(0.2) ? random.integer(2, 4) : 1))
  return cart.map((product, index) => {
    const quantity = quantities[index]
    const price = writePrice(visit, product.price)
    const sent = { ...describe(product), price, quantity, vendorId: product.vendorId }
    return { sent, cents: toCents(product.price) * quantity, product }
  })
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

/** Reports an order of somebody who tries the server out, and has no visit either. */
function orderOfTester(visit: Visit): void {
  const { random, products, truth } = visit
  const line = { ...describe(products[0]), price: 9_999, quantity: 1, vendorId: products[0].vendorId }
  const properties = { order_id: `o_${random.hex(10)}`, currency: 'USD', total: 9_999, products: [line] }
  const ids = { anonymousId: `qa-${random.hex(8)}` }
  track(visit, 'Order Completed', properties, { purchases: 1, revenue: toCents(9_999) }, { channel: 'server', ids })
  truth.found('no-interaction')
}

/** @param time when the order happened, as the shop says. Milliseconds since 1970 */
function isCredited({ memory }: Visit, { id }: Product, time: number): boolean {
  const clicks = Object.values(memory.clicks.get(id) ?? {})
  return clicks.some((clicked) => clicked <= time && time - clicked <= ATTRIBUTION_WINDOW)
}

function writePrice({ random, textPrices }: Visit, price: number): number | string {
  return random.chance(textPrices) ? `$${price.toLocaleString('en-US', { minimumFractionDigits: 2 })}` : price
}

function takeOldOrder({ orders, now }: Visit): string | undefined {
  const oldest = orders.at(0)
  return oldest && now - oldest.time > 2 * DAY ? orders.shift()?.messageId : undefined
}

function centsOf(lines: readonly OrderLine[]): number {
  return lines.reduce((sum, { cents }) => sum + cents, 0)
}

function toCents(dollars: number): number {
  return Math.round(dollars * 100)
}
