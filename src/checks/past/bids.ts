import { createIdTable } from '../../core'
import { isAdImpression, listUsers } from '../bids'
import type { Group, Interaction } from '../model'
import type { PastPeople } from './people'
import { toNumber, toSeconds } from './numbers'

/** The forgotten uses of a bid in events that came through Segment. */
export type PastBid = NonNullable<ReturnType<ReturnType<typeof createPastBids>['find']>>

const KEPT_USERS = 2

/** In seconds. 0: the row is new. */
const FIRST_SEEN = 0
/** The rows of the first two users. 0: there is none. */
const USER = 1
const OTHER_USER = 2
/** The hash of the event id of the first impression. 0: there is none. */
const IMPRESSION = 3

/** Creates an empty memory. A bid takes about 32 bytes. */
export function createPastBids(maxBids: number, people: PastPeople) {
  const table = createIdTable(4, maxBids)

  function addUser(row: number, user: string): void {
    const number = people.rowOf(user)
    const first = table.get(row, USER)
    if (first === 0) table.set(row, USER, number)
    else if (first !== number && table.get(row, OTHER_USER) === 0) table.set(row, OTHER_USER, number)
  }

  return {
    /**
     * Remembers an interaction before its group forgets it.
     *
     * @param group the facts of the bid, with the interaction
     */
    add(group: Group, interaction: Interaction): void {
      const { path, time, win, user, id } = interaction
      if (path !== 'segment') return
      const [bid] = group.keys
      const row = table.put(bid)
      const seconds = toSeconds(win?.time ?? time)
      const firstSeen = table.get(row, FIRST_SEEN)
      if (firstSeen === 0 || seconds < firstSeen) table.set(row, FIRST_SEEN, seconds)
      // Facts are forgotten in their order of arrival. A use that arrived early but happened later is not the first.
      if (isByFirstUser(group, interaction)) addUser(row, user)
      const isFirst = group.impressions.find(isAdImpression) === interaction
      if (isFirst && table.get(row, IMPRESSION) === 0) table.set(row, IMPRESSION, toNumber(id))
    },
    find(bid: string) {
      const row = table.find(bid)
      if (row === -1) return undefined
      const impression = table.get(row, IMPRESSION)
      return {
        /** When the bid was first known, in milliseconds since 1970. */
        firstSeen: table.get(row, FIRST_SEEN) * 1_000,
        /** The first two users of the bid, the earliest first. */
        users: [table.get(row, USER), table.get(row, OTHER_USER)].flatMap((user) => people.idOf(user) ?? []),
        hasImpression: impression !== 0,
        /** Returns whether the first impression had this event id. */
        isFirstImpression: (id: string): boolean => toNumber(id) === impression
      }
    },
    dropped: table.dropped
  }
}

/** Returns whether the interaction is by one of the first two users of the bid. */
function isByFirstUser({ size, impressions, clicks }: Group, { user }: Interaction): boolean {
  if (size === 1) return true
  return listUsers([...impressions, ...clicks]).indexOf(user) < KEPT_USERS
}
