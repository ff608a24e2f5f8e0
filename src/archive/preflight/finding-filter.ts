import type { EventObservation } from '../../checks'
import { createIdTable, DAY, HOUR, SECOND } from '../../core'

/** Half of what the check for times allows. */
const MAX_AHEAD = 30 * SECOND
const MAX_AGE = 45 * DAY

/** How long the checks remember at least that two ids are one person. */
const PAIR_SECONDS = HOUR / SECOND

/** About 10 MB. */
const MAX_PAIRS = 500_000

/**
 * Creates a function that tells whether the checks could find anything in a call, or learn anything from it. Most calls of
 * a shop are pages and others that become no impression, click or order: of those, only the ids and the time matter.
 */
export function createFindingFilter() {
  const pairs = createIdTable(1, MAX_PAIRS)

  /** Returns whether the two ids were not seen together for an hour. */
  function isNewPair(anonymousId: string, userId: string, receivedAt: number): boolean {
    const key = `${anonymousId}\n${userId}`
    const seconds = Math.max(0, Math.floor(receivedAt / SECOND))
    const pair = pairs.put(key)
    if (Math.abs(seconds - pairs.get(pair, 0)) < PAIR_SECONDS) return false
    pairs.set(pair, 0, seconds)
    return true
  }

  return ({ event, deliveries }: EventObservation, time: number, receivedAt: number): boolean => {
    if (!(time <= receivedAt + MAX_AHEAD && time >= receivedAt - MAX_AGE)) return true
    for (const { ok, sent } of deliveries) {
      if (!ok || sent?.impressions || sent?.clicks || sent?.purchases) return true
    }
    const { anonymousId, userId } = event
    if (!anonymousId && !userId) return true
    return Boolean(anonymousId && userId) && isNewPair(String(anonymousId), String(userId), receivedAt)
  }
}
