import { sight } from '../check'
import type { Check } from '../check'
import { historyOf, ordersOf } from '../history'

/** An order under an id that has no interaction, of a person who has interactions under another id. */
export const userIdMismatch: Check = {
  code: 'user-id-mismatch',
  severity: 'loses money',
  title: 'An order has another user id than the clicks before it',
  why: 'Topsort credits an order to an earlier click with the same opaqueUserId. With another id, nothing is credited, and nothing fails.',
  cure: 'Send one id with auctions, views, clicks and orders, also from the server. If the id changes at login, tell Topsort with its link-users endpoint.',
  canBeTakenBack: true,
  groups: {
    person: (group, context) =>
      ordersOf(group).flatMap((purchase) => {
        const history = historyOf(purchase, group, context)
        return history.had === 'other'
          ? [sight(purchase, { otherUser: history.user, otherMessageId: history.messageId })]
          : []
      })
  }
}
