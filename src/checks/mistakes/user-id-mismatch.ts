import { readHistory, listOrders } from '../history'
import type { Check } from '../model'
import { toSighting } from '../sighting'

/** The user id of an order has no interactions, but the same person has interactions with another id. */
export const userIdMismatch: Check = {
  code: 'user-id-mismatch',
  severity: 'loses money',
  costs: 'uncredited',
  title: 'An order has another user id than the clicks before it',
  why: 'Topsort credits an order to an earlier click with the same opaqueUserId. With another id, nothing is credited, and nothing fails.',
  cure: 'Send one id with auctions, views, clicks and orders, also from the server. If the id changes at login, tell Topsort with its link-users endpoint.',
  canBeTakenBack: true,
  groups: {
    person: (group, context) =>
      listOrders(group).flatMap((purchase) => {
        const other = readHistory(purchase, group, context)?.other
        if (!other) return []
        const otherMessageId = 'messageId' in other ? other.messageId : undefined
        return [toSighting(purchase, { otherUser: other.user, otherMessageId })]
      })
  }
}
