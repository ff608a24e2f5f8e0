import type { LeftOut } from './route'
import { createNewestList, type JsonObject } from '../core'
import { type Counts, type Delivery, type EventLabel, labelOf, type Stage } from './delivery'
import type { RefusedMessage, TakenEvent } from './intake'
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

/** The count of each stage. */
export const COUNT_OF_STAGE = {
  'failed on ingest': 'failedOnIngest',
  filtered: 'filtered',
  'pending retry': 'pendingRetry',
  failed: 'failed',
  delivered: 'delivered'
} as const satisfies Record<Stage, keyof Counts>

/** Creates an empty record of the deliveries so far. */
export function createResults({ report, onSettled, observer, keep = DEFAULT_KEEP }: ResultsOptions) {
  let counts = { ...NO_COUNTS }
  const settled = createNewestList<Delivery>(keep)
  const strays = createStrays()
  const unfinished = createUnfinished(onSettled)

  function record(delivery: Delivery): void {
    counts[COUNT_OF_STAGE[delivery.stage]] += 1
    settled.add(delivery)
    report?.(delivery)
  }

  function recordUndelivered(delivery: Delivery, event?: TakenEvent, refused?: JsonObject): void {
    observer?.undelivered(delivery, event, refused)
    record(delivery)
  }

  return {
    receive(count: number): void {
      counts.received += count
    },
    expect: unfinished.expect,
    settle: (event: TakenEvent, mapping: Mapping, delivery: Delivery): void => {
      record(delivery)
      unfinished.settle(event, { mapping, delivery })
    },
    refuseMessage: ({ event, message, call }: RefusedMessage): void => {
      recordUndelivered(toUndelivered('failed on ingest', 400, message, event), undefined, call)
    },
    /** Records a request that was refused as a whole. */
    refuse: (status: number, message: string): void => {
      counts.received += 1
      recordUndelivered(toUndelivered('failed on ingest', status, message))
    },
    /** Records a request to the destination's API that did not come through Segment, and was accepted with a note. */
    note: (message: string): void => {
      counts.received += 1
      recordUndelivered(toUndelivered('delivered', 204, message))
    },
    /**
     * Records a refused request that is not of the shop. It is kept in a short list of its own, so that many of them do not
     * push out the deliveries of the shop. Of those with the same reason, only the first, the tenth and so on are reported.
     */
    refuseStray: (status: number, message: string, reason: string): void => {
      const delivery = toUndelivered('failed on ingest', status, message)
      counts.received += 1
      counts.failedOnIngest += 1
      observer?.strayed(delivery)
      const reported = strays.add(delivery, settled.added(), reason)
      if (reported) report?.(reported)
    },
    /** Records that an event reaches no mapping. */
    filter(event: TakenEvent, message: string, { leftOut }: LeftOut): void {
      recordUndelivered(toUndelivered('filtered', 200, message, labelOf(event)), event)
      if (leftOut !== 'repeats') onSettled?.(event, [], leftOut !== 'unmapped')
    },
    deliveries: (): Delivery[] => strays.mergeInto(settled.items(), settled.dropped()),
    dropped: settled.dropped,
    counts: (): Counts => ({ ...counts }),
    clear(): void {
      for (const each of [settled, strays, unfinished]) each.clear()
      counts = { ...NO_COUNTS }
    },
    /** Continues with deliveries and counts of an earlier record. */
    restore(deliveries: Delivery[], restored: Counts): void {
      deliveries.forEach(settled.add)
      counts = { ...restored }
    }
  }
}

/** Returns the delivery of a message, or of a request as a whole, that reaches no mapping. */
function toUndelivered(stage: Stage, status: number, message: string, event: EventLabel | null = null): Delivery {
  return { event, mapping: null, attempts: 0, status, ok: status < 300, stage, message }
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
