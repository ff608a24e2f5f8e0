import { createIdTable, DAY } from '../../core'
import type { AdInteraction, listWindows } from '../../sandbox/attribution'

/** About 45 MB. Users, and pairs of user and product on one day. */
const MAX_USERS = 1_000_000
const MAX_PAIRS = 1_000_000

/** Of more linked users, the oldest are not joined any more. */
const MAX_LINKED = 100_000

/** When the first and the last click of the day were, in milliseconds from 1. 0: the row is new. */
const FIRST = 0
const LAST = 1

export type Clicks = ReturnType<typeof createClicks>

/**
 * Creates an empty record of who clicked on what, to tell which order lines would be credited to an ad. It keeps no click,
 * only the first and the last time of a day, so it stays small however long the archive is, and the order of arrival does
 * not matter.
 *
 * @param windows the attribution window of each format, in days
 */
export function createClicks(windows: ReturnType<typeof listWindows>) {
  /** Formats with the same window are kept together. */
  const lengths = [...new Set(Object.values(windows))]
  const users = createIdTable(1, MAX_USERS)
  const pairs = createIdTable(2, MAX_PAIRS)
  const linked = new Map<string, Set<string>>()

  function idsOf(user: string): Iterable<string> {
    return linked.get(user) ?? [user]
  }

  function clickedBetween(user: string, product: string, length: number, to: number): boolean {
    const from = to - length * DAY
    for (let day = dayOf(to); day >= dayOf(from); day -= 1) {
      const place = pairs.find(pairKey(user, product, day, length))
      if (place === -1) continue
      const start = day * DAY - 1
      if (start + pairs.get(place, FIRST) <= to && start + pairs.get(place, LAST) >= from) return true
    }
    return false
  }

  return {
    /** @param ad the products that a click on an ad is about, and its format. Absent for a click without a bid */
    add(user: string, time: number, ad?: Pick<AdInteraction, 'productIds' | 'format'>): void {
      const seconds = Math.max(1, Math.floor(time / 1_000))
      const place = users.put(user)
      const first = users.get(place, 0)
      if (first === 0 || seconds < first) users.set(place, 0, seconds)
      if (!ad) return
      for (const product of ad.productIds) {
        const pair = pairs.put(pairKey(user, product, dayOf(time), windows[ad.format]))
        const ofDay = 1 + time - dayOf(time) * DAY
        const firstOfDay = pairs.get(pair, FIRST)
        if (firstOfDay === 0 || ofDay < firstOfDay) pairs.set(pair, FIRST, ofDay)
        if (ofDay > pairs.get(pair, LAST)) pairs.set(pair, LAST, ofDay)
      }
    },
    /** Joins the clicks of two users from now on, as Topsort does with linked users. */
    link(from: string, to: string): void {
      const all = new Set([...idsOf(from), ...idsOf(to)])
      if (linked.size + all.size > MAX_LINKED) linked.clear()
      for (const id of all) linked.set(id, all)
    },
    /** Tells whether the user clicked on anything before. */
    hasEarlierClick(user: string, time: number): boolean {
      for (const id of idsOf(user)) {
        const place = users.find(id)
        if (place !== -1 && users.get(place, 0) * 1_000 <= time) return true
      }
      return false
    },
    /** Tells whether the user clicked on an ad for the product within the window of its format. */
    isCredited(user: string, product: string, time: number): boolean {
      for (const id of idsOf(user)) {
        if (lengths.some((length) => clickedBetween(id, product, length, time))) return true
      }
      return false
    },
    dropped: () => users.dropped() + pairs.dropped()
  }
}

function dayOf(time: number): number {
  return Math.floor(time / DAY)
}

function pairKey(user: string, product: string, day: number, length: number): string {
  return `${user}\n${product}\n${day} ${length}`
}
