import type { EventObservation } from './observation'
import { readTime } from './read-facts'

/** A kind of Segment calls. An `interaction` is a view or a click, and any call is an `event`. */
export type EventKind = 'order' | 'click' | 'view' | 'interaction' | 'event'

/** Counts the Segment calls of each kind. */
export type EventKinds = ReturnType<typeof createEventKinds>

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

const KINDS_OF_FINDINGS = new Map(
  Object.entries(FINDINGS).flatMap(([kind, codes]) =>
    codes.map((code): [string, EventKind] => [code, kind as EventKind])
  )
)

/** The longest list of times. */
export const MAX_TIMES = 1_000

/** Returns the kind of calls that a finding is about. */
export function kindOf(code: string): EventKind {
  return KINDS_OF_FINDINGS.get(code) ?? 'event'
}

/** Creates counts of 0. They keep the times of the newest 1,000 calls of each kind. */
export function createEventKinds() {
  const kinds: Record<EventKind, { count: number; times: number[] }> = {
    order: { count: 0, times: [] },
    click: { count: 0, times: [] },
    view: { count: 0, times: [] },
    interaction: { count: 0, times: [] },
    event: { count: 0, times: [] }
  }
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
