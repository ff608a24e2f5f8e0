import { DAY } from '../../core'
import { isFromSegment, listUsers } from '../bids'
import type { Check } from '../model'
import { toSighting } from '../sighting'

/** An auction belongs to one page load, but a tab may stay open for a day. */
const MAX_AGE = DAY

/** A user who logs in has two ids. If a bid has a third one, a cache gave the page to several users. */
const MAX_USERS = 2

/** A bid was used long after its auction, or by several users, because the page or the auction's answer was cached. */
export const staleBid: Check = {
  code: 'stale-bid',
  severity: 'loses money',
  title: 'An old bid was used again',
  why: 'An auction belongs to one page load of one user. Later, its campaign may have ended, and the bid may be outside the attribution window.',
  cure: 'Run an auction for each page load, and do not cache its answer.',
  groups: {
    bid: ({ impressions, clicks, past }) => {
      const uses = [...impressions, ...clicks].filter(isFromSegment)
      let firstSeen = past?.firstSeen ?? Infinity
      for (const { win, time } of uses) firstSeen = Math.min(firstSeen, win?.time ?? time)
      // Nearly all bids are used by one user, on one page.
      if (!past && uses.every(({ time, user }) => time - firstSeen <= MAX_AGE && user === uses[0].user)) return []
      const users = [...new Set([...(past?.users ?? []), ...listUsers(uses)])]
      const others = new Set(users.slice(MAX_USERS))
      return uses
        .filter(({ time, user }) => time - firstSeen > MAX_AGE || others.has(user))
        .map((use) => toSighting(use, others.has(use.user) ? { otherUser: users[0] } : {}))
    }
  }
}
