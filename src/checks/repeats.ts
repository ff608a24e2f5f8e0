import { MINUTE } from '../core'
import type { IdUse, SentEvent } from './model'
import type { PastUse } from './past/uses'

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

type ReportIds = Pick<SentEvent, 'id' | 'messageId' | 'mapping'>

/**
 * Removes reports with the event id of an earlier report, because Topsort counts an id once. Reports that two mappings
 * made from one Segment call are kept even with one id: Topsort's sources disagree on whether both are billed.
 */
export function removeRepeats<AnyReport extends ReportIds>(reports: readonly AnyReport[]): AnyReport[] {
  if (reports.length < 2) return [...reports]
  const byId = new Map<string, AnyReport[]>()
  return reports.filter((report) => {
    const earlier = byId.get(report.id) ?? []
    byId.set(report.id, [...earlier, report])
    return earlier.length === 0 || earlier.every((other) => isByAnotherMapping(other, report))
  })
}

/** Returns whether two mappings made these reports from one Segment call. */
export function isByAnotherMapping(one: ReportIds, other: ReportIds): boolean {
  return one.messageId === other.messageId && one.mapping !== other.mapping
}
