import type { Fact, Group, Grouping, PastOf } from '../model'
import { createPastBids } from './bids'
import { createPastOrders } from './orders'
import { createPastPeople } from './people'
import { createPastUses } from './uses'

/** How many entries the past has. It takes about 32 bytes for a bid, 100 for a user id, 20 for an order, 25 for an id. */
export type PastLimits = { bids: number; users: number; orders: number; ids: number }

/**
 * Remembers a little of the facts that have left the window: enough to find mistakes whose events are any time apart.
 */
export type Past = ReturnType<typeof createPast>

/** Creates an empty past. */
export function createPast(limits: PastLimits) {
  const people = createPastPeople(limits.users)
  const bids = createPastBids(limits.bids, people)
  const orders = createPastOrders(limits.orders)
  const uses = createPastUses(limits.ids)

  return {
    /** Remembers the use of an id at once if it is the first one. Returns whether it is. */
    addFirstUse: uses.addFirst,
    /** Remembers a fact before its group forgets it. */
    add(group: Group, fact: Fact): void {
      const { grouping, keys } = group
      const { kind } = fact
      if (grouping === 'person') {
        if (group.joinedKeys !== keys.length) people.join(keys)
        group.joinedKeys = keys.length
        if (kind === 'impression' || kind === 'click') people.addInteraction(fact.user, fact.time)
        if (kind === 'link') people.addLink(fact.from, fact.to)
      }
      if (grouping === 'bid' && (kind === 'impression' || kind === 'click')) bids.add(group, fact)
      if (grouping === 'order' && kind === 'purchase') orders.add(group, fact)
      if (grouping === 'id' && kind === 'idUse') uses.add(group, fact)
    },
    /** Returns what is remembered of a group. */
    find(grouping: Grouping, keys: readonly string[]): PastOf<Grouping> {
      if (grouping === 'person') return people.find(keys)
      if (grouping === 'bid') return bids.find(keys[0])
      if (grouping === 'order') return orders.find(keys[0])
      if (grouping === 'id') return uses.find(keys[0])
      return undefined
    },
    /** Returns all known ids of the person with this id, starting with this one. */
    idsOf: people.idsOf,
    /** Returns how many entries were dropped, because there were more than the limits. */
    dropped: (): PastLimits => ({
      bids: bids.dropped(),
      users: people.dropped(),
      orders: orders.dropped(),
      ids: uses.dropped()
    })
  }
}
