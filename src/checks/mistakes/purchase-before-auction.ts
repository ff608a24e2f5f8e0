import { HOUR } from '../../core'
import { listOrders } from '../history'
import type { Check, GroupFacts, Interaction, JudgeContext, Purchase, Win } from '../model'
import { toSighting } from '../sighting'
import { CLOCK_TOLERANCE, isBefore } from '../times'

/** With more time than this between an order and an auction, they belong to different visits. */
const ONE_VISIT = HOUR

type Won = Interaction & { win: Win }

/**
 * The time of an order is before the auction of the ad that led to it. It is normal to see an ad for a product that one
 * has bought. So the click or view must be before the order, by its time or by its time of receipt.
 */
export const purchaseBeforeAuction: Check = {
  code: 'purchase-before-auction',
  severity: 'loses money',
  costs: 'uncredited',
  title: 'An order has a time before the auction that led to it',
  why: 'Topsort never credits an order to an auction that happened after it.',
  cure: 'Send the time at which the order was completed, not the time at which its cart was created. Check the clock of the sender.',
  canBeTakenBack: true,
  needsAuctions: true,
  groups: {
    person: (group, context) =>
      findOrdersBeforeAuction(group, context).map(({ purchase, culprit: { bid, win, messageId } }) =>
        toSighting(purchase, { bid, product: win.product, otherMessageId: messageId })
      )
  }
}

/** An order, and the interaction whose auction is after it. */
type EarlyOrder = { purchase: Purchase; culprit: Won }

/** Returns the orders of a person with a time before the auction that led to them. */
export function findOrdersBeforeAuction(group: GroupFacts, { mayHaveLost }: JudgeContext): EarlyOrder[] {
  if (group.purchases.length === 0 || mayHaveLost('impression', 'click', 'win')) return []
  const won = [...group.impressions, ...group.clicks].filter((fact): fact is Won => fact.win !== undefined)
  return listOrders(group).flatMap((purchase) => {
    const ofProduct = won.filter(({ win }) => win.type === 'product' && purchase.products.includes(win.product))
    if (ofProduct.some(({ win }) => isBefore(win, purchase))) return []
    const culprit = ofProduct.find((interaction) => isImpossible(purchase, interaction))
    return culprit ? [{ purchase, culprit }] : []
  })
}

function isImpossible(purchase: Purchase, { time, receivedAt, win }: Won): boolean {
  if (time + CLOCK_TOLERANCE < purchase.time) return true
  return receivedAt <= purchase.receivedAt && win.time - purchase.time <= ONE_VISIT
}
