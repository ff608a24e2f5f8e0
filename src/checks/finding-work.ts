import { type EventKind, type EventKinds, kindOf, MAX_TIMES } from './event-kinds'
import type { Finding } from './finding'
import type { Timeline, Trend } from './timeline'

/** What helps to work on a finding. */
export type FindingWork = {
  /** The number of events with a case. Absent if the finding is about all events together. */
  events?: number
  /** The Segment calls of the kind that the finding is about. Absent without `events`, and if fewer calls are known. */
  of?: { kind: EventKind; count: number }
  /** The cases over time. It ends with the newest call of the kind. Absent without `events`. */
  trend?: Trend
  /**
   * Set if there were enough later calls of the kind without a case: at least 20, and three times as many as there were
   * for each case.
   */
  isResolved?: true
}

const FEWEST_LATER = 20

/** If cases come at random, 3 times as many calls as there were for each case have one with a probability of 95 %. */
const TIMES_AS_MANY = 3

/**
 * Tells how the cases of a finding are spread over events and time.
 *
 * @param events the number of events with a case
 */
export function toWork(
  { code, last }: Pick<Finding, 'code' | 'last'>,
  events: number,
  timeline: Timeline,
  kinds: EventKinds
): FindingWork {
  const kind = kindOf(code)
  const count = kinds.count(kind)
  const time = Date.parse(last)
  const trend = timeline.trend(Math.max(time, kinds.newest(kind)))
  if (events === 0 || count < events) return { events, trend }
  const later = kinds.countAfter(kind, time)
  const needed = Math.max(FEWEST_LATER, (TIMES_AS_MANY * (count - later)) / events)
  const isResolved = later >= Math.min(needed, MAX_TIMES)
  return { events, of: { kind, count }, trend, ...(isResolved && { isResolved }) }
}
