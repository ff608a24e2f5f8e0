import { HOUR, MINUTE } from '../../core'
import type { Check, GroupFacts, Purchase } from '../model'
import type { PastOrder } from '../past/orders'
import { removeRepeats } from '../repeats'
import { toSighting } from '../sighting'

/** A user reloads a confirmation page within this time. The same basket later may be another order. */
const RELOAD = 10 * MINUTE

/** A server reports an order when it is paid, which may take a while. */
const TWO_SIDES = HOUR

/**
 * One order is in several purchases with different event ids. They have the same products and quantities, and either the
 * same order id, or little time between them. Prices may differ, because one side may report them with taxes. Purchases
 * with the same order id and different products are parts of one order, for example one part for each vendor.
 */
export const doublePurchase: Check = {
  code: 'double-purchase',
  severity: 'loses money',
  costs: 'reported twice',
  title: 'An order was reported more than once',
  why: 'Each report has an id of its own, so Topsort counts the revenue of the order again.',
  cure: "Map Event ID of the Purchase mapping to the order's id, so that a reloaded page reports the same id. Report orders from the browser or from the server, not from both.",
  groups: {
    order: ({ purchases, past }) => findRepeats(purchases, (one, other) => one.goods === other.goods, past),
    basket: ({ purchases }) => findRepeats(purchases, isReload),
    person: findSecondSides
  }
}

/** Returns whether two purchases of one user with the same lines, one of them without an order id, are one order. */
function isReload(one: Purchase, other: Purchase): boolean {
  const isSameBasket = one.user === other.user && one.basket === other.basket
  const isInTime = Math.abs(other.time - one.time) <= RELOAD
  return isSameBasket && isInTime && (one.orderId === undefined || other.orderId === undefined)
}

/** Returns whether browser and server reported one order, each with an id of its own or without one. */
function isOfTwoSides(one: Purchase, other: Purchase): boolean {
  if (one.goods !== other.goods || one.sdk === other.sdk || other.time - one.time > TWO_SIDES) return false
  return one.orderId === undefined || other.orderId === undefined || toForm(one.orderId) !== toForm(other.orderId)
}

/** Returns the form of an id. The ids of two orders that one system has numbered have the same form. */
function toForm(id: string): string {
  return id.replace(/\d+/g, '0').replace(/\p{L}+/gu, 'a')
}

/** The other groups have the purchases with one order id, and those of a reloaded page. */
function findSecondSides({ purchases }: GroupFacts<'person'>) {
  if (purchases.length < 2) return []
  const orders = removeRepeats(purchases.filter(({ path }) => path === 'segment'))
  return orders.flatMap((purchase, index) => {
    const earlier = orders.slice(0, index)
    const isFoundElsewhere = earlier.some((one) => {
      const isSameOrder = one.orderId !== undefined && one.orderId === purchase.orderId && one.goods === purchase.goods
      return isSameOrder || isReload(one, purchase)
    })
    const other = isFoundElsewhere ? undefined : earlier.find((one) => isOfTwoSides(one, purchase))
    return other ? [toSighting(purchase, { otherMessageId: other.messageId })] : []
  })
}

function findRepeats(
  purchases: readonly Purchase[],
  isSameOrder: (one: Purchase, other: Purchase) => boolean,
  past?: PastOrder
) {
  const own = purchases.filter((purchase) => {
    return purchase.path === 'segment' && past?.compare(purchase) !== 'same event'
  })
  const orders = removeRepeats(own)
  return orders.flatMap((purchase, index) => {
    if (past?.compare(purchase) === 'another event') return [toSighting(purchase)]
    const other = orders.slice(0, index).find((earlier) => isSameOrder(earlier, purchase))
    return other ? [toSighting(purchase, { otherMessageId: other.messageId })] : []
  })
}
