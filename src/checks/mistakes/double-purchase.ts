import { sight } from '../check'
import type { Check } from '../check'
import type { Purchase } from '../facts'
import { distinctReports } from '../reports'
import { MINUTE } from '../times'

/** A page of thanks is reloaded soon. The same basket later may be another order. */
const RELOAD = 10 * MINUTE

/**
 * One order in several purchases of different ids: with the same order id and lines, or without an order id soon after
 * each other. Purchases of one order id with different lines are parts of it, such as one for each vendor.
 */
export const doublePurchase: Check = {
  code: 'double-purchase',
  severity: 'loses money',
  title: 'An order was reported more than once',
  why: 'Each report has an id of its own, so Topsort counts the revenue of the order again.',
  cure: "Map Event ID of the Purchase mapping to the order's id, so that a reloaded page reports the same id. Report orders from the browser or from the server, not from both.",
  groups: {
    order: ({ purchases }) => repeats(purchases, () => true),
    basket: ({ purchases }) =>
      repeats(
        purchases,
        (one, other) => other.time - one.time <= RELOAD && (one.orderId === undefined || other.orderId === undefined)
      )
  }
}

function repeats(purchases: readonly Purchase[], isSameOrder: (one: Purchase, other: Purchase) => boolean) {
  const orders = distinctReports(purchases.filter(({ path }) => path === 'segment'))
  return orders.flatMap((purchase, index) => {
    const other = orders
      .slice(0, index)
      .find((earlier) => earlier.basket === purchase.basket && isSameOrder(earlier, purchase))
    return other ? [sight(purchase, { otherMessageId: other.messageId })] : []
  })
}
