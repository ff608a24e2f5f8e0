import type { Finding } from './finding'
import type { Timeline, Trend } from './timeline'
import type { EventObservation } from './observation'
import { readTime } from './read-facts'

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

/** The kinds of Segment calls. An `interaction` is a view or a click, and any call is an `event`. */
const KINDS = ['order', 'click', 'view', 'interaction', 'event'] as const

export type EventKind = (typeof KINDS)[number]

/** Counts the Segment calls of each kind. */
type EventKinds = ReturnType<typeof createEventKinds>

/** The kinds of an action, by its key. */
const KINDS_OF_ACTIONS: Partial<Record<string, readonly EventKind[]>> = {
  purchase: ['order'],
  click: ['click', 'interaction'],
  impression: ['view', 'interaction'],
  impressionsList: ['view', 'interaction']
}

/** The findings about calls of one kind only. */
export const FINDINGS: Partial<Record<EventKind, readonly string[]>> = {
  order: [
    'user-id-mismatch',
    'no-interaction',
    'purchase-before-auction',
    'no-vendor',
    'brand-as-vendor',
    'unusable-line',
    'double-purchase',
    'refund-as-order',
    'wrong-seller'
  ],
  click: ['double-click', 'banner-no-follow-up'],
  view: ['double-impression'],
  interaction: ['missing-bid', 'unknown-bid', 'fallback-bid', 'stale-bid', 'encoded-bid']
}

/** The longest list of times. */
const MAX_TIMES = 1_000

/** Returns the kind of calls that a finding is about. */
export function kindOf(code: string): EventKind {
  return KINDS.find((kind) => FINDINGS[kind]?.includes(code)) ?? 'event'
}

/** Creates counts of 0. They keep the times of the newest 1,000 calls of each kind. */
export function createEventKinds() {
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, { count: 0, times: [] as number[] }]))
  return {
    observe(observation: EventObservation): void {
      const { time } = readTime(observation)
      const found = observation.deliveries.flatMap(({ action }) => KINDS_OF_ACTIONS[action] ?? [])
      for (const kind of new Set<EventKind>(['event', ...found])) {
        kinds[kind].count += 1
        addTime(kinds[kind].times, time)
      }
    },
    count: (kind: EventKind): number => kinds[kind].count,
    /** Returns the time of the newest call. -Infinity if there is none. */
    newest: (kind: EventKind): number => kinds[kind].times.at(-1) ?? -Infinity,
    /** Counts the calls after a time, up to 1,000. Times are in milliseconds since 1970. */
    countAfter: (kind: EventKind, time: number): number => kinds[kind].times.filter((each) => each > time).length
  }
}

/** Keeps the list sorted. Most times are the newest. */
function addTime(times: number[], time: number): void {
  if (times.length === MAX_TIMES && time <= times[0]) return
  let place = times.length
  while (place > 0 && times[place - 1] > time) place -= 1
  times.splice(place, 0, time)
  if (times.length > MAX_TIMES) times.shift()
}
