import { sight } from '../check'
import type { Check } from '../check'
import { historyOf, ordersOf } from '../history'

/** An order of a user with no view or click before it, sponsored or not, within the attribution window. */
export const noInteraction: Check = {
  code: 'no-interaction',
  severity: 'worth a look',
  title: 'An order has no view or click of its user before it',
  why: 'Topsort can credit such an order to nothing. One of them is normal if only views and clicks of ads are reported. Many of them mean that orders have another id than views and clicks.',
  cure: 'Compare the opaqueUserId of the order with that of the views and clicks of the same visit.',
  canBeTakenBack: true,
  groups: {
    person: (group, context) =>
      ordersOf(group)
        .filter((purchase) => historyOf(purchase, group, context).had === 'nothing')
        .map((purchase) => sight(purchase))
  }
}
