import { readHistory, listOrders } from '../history'
import type { Check } from '../model'
import { findOrdersBeforeAuction } from './purchase-before-auction'
import { toSighting } from '../sighting'

/** An order has no view or click of its user before it within the attribution window, neither sponsored nor organic. */
export const noInteraction: Check = {
  code: 'no-interaction',
  severity: 'worth a look',
  costs: 'uncredited',
  title: 'An order has no view or click of its user before it',
  why: 'Topsort cannot credit such an order to an ad. A few are normal if the shop reports only views and clicks of ads. Many of them mean that orders have a different user id than views and clicks.',
  cure: 'Compare the opaqueUserId of the order with that of the views and clicks of the same visit.',
  canBeTakenBack: true,
  groups: {
    person: (group, context) => {
      const lonely = listOrders(group).filter((purchase) => {
        const history = readHistory(purchase, group, context)
        return history && !history.other
      })
      if (lonely.length === 0) return []
      // Their time is wrong, which is another finding.
      const early = new Set(findOrdersBeforeAuction(group, context).map(({ purchase }) => purchase))
      return lonely.filter((purchase) => !early.has(purchase)).map((purchase) => toSighting(purchase))
    }
  }
}
