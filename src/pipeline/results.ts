import type { LeftOut } from './route'
import { createNewestList, type JsonObject } from '../core'
import { type Counts, type Delivery, type EventLabel, labelOf, type Stage } from './delivery'
import type { TakenEvent } from './intake'
import type { Mapping } from './mappings'
import type { Observer } from './observer'
import { createStrays } from './stray'

/** The final delivery of an event at one mapping. */
export type SettledResult = { mapping: Mapping; delivery: Delivery }

/** The functions that are told about deliveries, and the number of deliveries to keep. */
export type ResultsOptions = {
  /** Is called with each delivery as soon as it is settled. */
  report?: (delivery: Delivery) => void
  /**
   * Is called with an event when all mappings that took it have settled it, or at once if no mapping took it. Not called
   * for repeats. `isKeptOut` says that its integrations or a filter keep the event from the mappings.
   */
  onSettled?: (event: TakenEvent, results: SettledResult[], isKeptOut?: boolean) => void
  /** Sees each step of each event. */
  observer?: Observer
  /** How many deliveries are kept. Default: 10,000. */
  keep?: number
}

const DEFAULT_KEEP = 10_000

/** The counts before any event. */
export const NO_COUNTS: Counts = {
  received: 0,
  failedOnIngest: 0,
  filtered: 0,
  pendingRetry: 0,
  failed: 0,
  delivered: 0
}

/** The delivery of a request that was refused as a whole. */
const NO_EVENT = { event: null, mapping: null, attempts: 0, ok: false, stage: 'failed on ingest' } as const

/** The count of each stage. */
export const COUNT_OF_STAGE = {
  'failed on ingest': 'failedOnIngest',
  filtered: 'filtered',
  'pending retry': 'pendingRetry',
  failed: 'failed',
  delivered: 'delivered'
} as const satisfies Record<Stage, keyof Counts>

type Undelivered = Omit<Delivery, 'mapping' | 'attempts'>

/** Creates an empty record of the deliveries so far. */
export function createResults({ report, onSettled, observer, keep = DEFAULT_KEEP }: ResultsOptions) {
  const settled = createNewestList<Delivery>(keep)
  const strays = createStrays()
  let counts = { ...NO_COUNTS }
  const unfinished = createUnfinished(onSettled)

  function record(delivery: Delivery): void {
    counts[COUNT_OF_STAGE[delivery.stage]] += 1
    settled.add(delivery)
    report?.(delivery)
  }

  function recordUndelivered(delivery: Undelivered, event?: TakenEvent, refused?: JsonObject): void {
    const undelivered = { ...delivery, mapping: null, attempts: 0 }
    observer?.undelivered(undelivered, event, refused)
    record(undelivered)
  }

  /** Records the final result of an event at a mapping that took it. */
  function settle(event: TakenEvent, mapping: Mapping, delivery: Delivery): void {
    record(delivery)
    unfinished.settle(event, { mapping, delivery })
  }

  return {
    /** Counts events and requests that came in. */
    receive(count: number): void {
      counts.received += count
    },
    /** Announces that this many mappings took an event. */
    expect: unfinished.expect,
    settle,
    /** Records that Segment refuses a message, or a request as a whole. */
    refuse(label: EventLabel | null, status: number, message: string, call?: JsonObject): void {
      recordUndelivered({ event: label, status, ok: false, stage: 'failed on ingest', message }, undefined, call)
    },
    /** Records that a request as a whole was accepted with a note. */
    note(message: string): void {
      recordUndelivered({ event: null, status: 204, ok: true, stage: 'delivered', message })
    },
    /** Records that a request of a stranger is refused. @param reason what all requests of its kind share */
    refuseStray(status: number, message: string, reason: string): void {
      const delivery: Delivery = { ...NO_EVENT, status, message }
      counts.failedOnIngest += 1
      observer?.strayed(delivery)
      const reported = strays.add(delivery, settled.added(), reason)
      if (reported) report?.(reported)
    },
    /** Records that an event reaches no mapping. */
    filter(event: TakenEvent, message: string, { leftOut }: LeftOut): void {
      recordUndelivered({ event: labelOf(event), status: 200, ok: true, stage: 'filtered', message }, event)
      if (leftOut !== 'repeats') onSettled?.(event, [], leftOut !== 'unmapped')
    },
    deliveries: (): Delivery[] => strays.mergeInto(settled.items(), settled.dropped()),
    dropped: settled.dropped,
    counts: (): Counts => ({ ...counts }),
    clear(): void {
      settled.clear()
      strays.clear()
      unfinished.clear()
      counts = { ...NO_COUNTS }
    },
    /** Continues with deliveries and counts of an earlier record. */
    restore(deliveries: Delivery[], restored: Counts): void {
      deliveries.forEach(settled.add)
      counts = { ...restored }
    }
  }
}

/** Creates an empty record of events that some mappings have not settled yet. Calls a function when all have. */
function createUnfinished(onSettled: ResultsOptions['onSettled']) {
  const unfinished = new Map<TakenEvent, { missing: number; results: SettledResult[] }>()
  return {
    expect: (event: TakenEvent, mappings: number): void => {
      unfinished.set(event, { missing: mappings, results: [] })
    },
    settle(event: TakenEvent, result: SettledResult): void {
      const open = unfinished.get(event)
      if (!open) return
      open.results.push(result)
      open.missing -= 1
      if (open.missing > 0) return
      unfinished.delete(event)
      onSettled?.(event, open.results)
    },
    clear(): void {
      unfinished.clear()
    }
  }
}
