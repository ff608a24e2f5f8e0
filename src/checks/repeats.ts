import type { IdUse } from './facts'
import { MINUTE } from './times'

/** A resent event keeps its time, but for what Segment's correction of the clock adds. */
export const SAME_TIME = MINUTE

/** Whether two uses of one id are the same event again. */
export function isSameEvent(one: IdUse, other: IdUse): boolean {
  if (one.content !== other.content) return false
  return one.isTimeless || Math.abs(one.time - other.time) <= SAME_TIME
}

/** Divides the uses of one id into different events and repeats of them. Two mappings of one call are not repeats. */
export function divideUses(uses: readonly IdUse[]): { events: IdUse[]; repeats: IdUse[] } {
  const events: IdUse[] = []
  const repeats: IdUse[] = []
  const latest = new Map<string, IdUse>()
  for (const use of uses) {
    const earlier = latest.get(use.content)
    if (earlier && isSameEvent(earlier, use)) repeats.push(use)
    else events.push(use)
    latest.set(use.content, use)
  }
  return { events, repeats }
}
