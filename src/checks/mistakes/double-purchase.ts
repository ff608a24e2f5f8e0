import { MINUTE } from '../../core'
import type { Check, PastOrder, Purchase } from '../model'
import { removeRepeats } from '../reports'
import { toSighting } from '../sighting'

/** A user reloads a confirmation page within this time. The same basket later may be another order. */
const RELOAD = 10 * MINUTE

/**
 * One order is in several purchases with different event ids. They have the same lines, and either the same order id,
 * or little time between them if one of them has no order id. Purchases with the same order id and different lines are
 * parts of one order, for example one part for each vendor.
 */
export const doublePurchase: Check = {
  code: 'double-purchase',
  severity: 'loses money',
  costs: 'reported twice',
  title: 'An order was reported more than once',
  why: 'Each report has an id of its own, so Topsort counts the revenue of the order again.',
  cure: "Map Event ID of the Purchase mapping to the order's id, so that a reloaded page reports the same id. Report orders from the browser or from the server, not from both.",
  groups: {
    order: ({ purchases, past }) => findRepeats(purchases, () => true, past),
    basket: ({ purchases }) =>
      findRepeats(
        purchases,
        (one, other) => other.time - one.time <= RELOAD && (one.orderId === undefined || other.orderId === undefined)
      )
  }
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
    const other = orders
      .slice(0, index)
      .find((earlier) => earlier.basket === purchase.basket && isSameOrder(earlier, purchase))
    return other ? [toSighting(purchase, { otherMessageId: other.messageId })] : []
  })
}
