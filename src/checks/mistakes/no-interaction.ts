import { readHistory, listOrders } from '../history'
import type { Check } from '../model'
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
    person: (group, context) =>
      listOrders(group)
        .filter((purchase) => readHistory(purchase, group, context).had === 'nothing')
        .map((purchase) => toSighting(purchase))
  }
}
