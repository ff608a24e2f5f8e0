import { sight } from '../check'
import type { Check, GroupFacts, JudgeContext } from '../check'
import type { Interaction, Purchase, Win } from '../facts'
import { ordersOf } from '../history'
import { CLOCK_TOLERANCE, HOUR, isBefore } from '../times'

/** An order whose time is wrong is not far from its auction. After more than an hour, it is another visit. */
const ONE_VISIT = HOUR

type Won = Interaction & { win: Win }

/**
 * An order that by its own time came before the auction of the ad that led to it. Seeing an ad for a product that one
 * has bought is normal, so the click must be before the order by its time or by its receipt.
 */
export const purchaseBeforeAuction: Check = {
  code: 'purchase-before-auction',
  severity: 'loses money',
  title: 'An order has a time before the auction that led to it',
  why: 'Topsort never credits an order to an auction that happened after it.',
  cure: 'Send the time at which the order was completed, not that at which its cart was created, and check the clock of the sender.',
  canBeTakenBack: true,
  groups: { person: judge }
}

function judge(group: GroupFacts, { mayLack }: JudgeContext) {
  if (group.purchases.length === 0 || mayLack('impression', 'click', 'win')) return []
  const won = [...group.impressions, ...group.clicks].filter((fact): fact is Won => fact.win !== undefined)
  return ordersOf(group).flatMap((purchase) => {
    const ofProduct = won.filter(({ win }) => win.type === 'product' && purchase.products.includes(win.product))
    if (ofProduct.some(({ win }) => isBefore(win, purchase))) return []
    const culprit = ofProduct.find((interaction) => isImpossible(purchase, interaction))
    return culprit
      ? [sight(purchase, { bid: culprit.bid, product: culprit.win.product, otherMessageId: culprit.messageId })]
      : []
  })
}

function isImpossible(purchase: Purchase, { time, receivedAt, win }: Won): boolean {
  if (time + CLOCK_TOLERANCE < purchase.time) return true
  return receivedAt <= purchase.receivedAt && win.time - purchase.time <= ONE_VISIT
}
