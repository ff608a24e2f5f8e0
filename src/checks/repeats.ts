import { MINUTE } from '../core'
import type { IdUse, PastUse } from './model'

/** An event that is sent again keeps its time. Segment's correction of the clock can change it a little. */
const SAME_TIME = MINUTE

/** Returns whether two uses of one id are the same event. */
export function isSameEvent(one: IdUse, other: IdUse): boolean {
  return one.content === other.content && isAtSameTime(one, other.time)
}

/**
 * Returns whether a use of an id can be the same event as one at another time.
 *
 * @param time in milliseconds since 1970
 */
export function isAtSameTime(use: IdUse, time: number): boolean {
  return use.isTimeless || Math.abs(use.time - time) <= SAME_TIME
}

/**
 * Divides the uses of one id, sorted by time, into different events and repeats of them.
 *
 * @param past the first use of the id, if it is no longer among the uses
 */
export function divideUses(uses: readonly IdUse[], past?: PastUse): { events: IdUse[]; repeats: IdUse[] } {
  // Nearly all ids are used once.
  if (uses.length < 2 && !past) return { events: [...uses], repeats: [] }
  const events: IdUse[] = []
  const repeats: IdUse[] = []
  const latest = new Map<string, IdUse>()
  for (const use of uses) {
    const earlier = latest.get(use.content)
    if ((earlier && isSameEvent(earlier, use)) || past?.isSameEvent(use)) repeats.push(use)
    else events.push(use)
    latest.set(use.content, use)
  }
  return { events, repeats }
}
