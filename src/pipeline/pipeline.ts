import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { createNewestList, createNewestSet } from '../bounded'
import { attempt, batchSize } from './attempt'
import type { Attempt } from './attempt'
import { type Counts, type Delivery, type EventLabel, labelOf, type Stage } from './delivery'
import { InputError } from './input-error'
import { timeNote } from './intake'
import type { Refusal, TakenEvent } from './intake'
import { toLastMessage } from './last-try'
import { filterOf, isMeantFor, presetMappings } from './mappings'
import type { Mapping, Switch } from './mappings'
import { createQueue, isRetried } from './queue'
import type { Queue, Timing } from './queue'
import { createRoom } from './room'

/** What a pipeline needs to know. */
export type PipelineOptions<Settings extends JSONObject> = {
  definition: DestinationDefinition<Settings>
  /** The destination's settings, as a customer saves them. */
  settings: Settings
  /** Is called with each delivery as soon as it is settled. */
  report?: (delivery: Delivery) => void
  /** How many deliveries are kept. Default: 10,000. */
  keep?: number
  /** By default as in Segment, only shorter: batches wait a second, back-off starts with half a second. */
  timing?: Partial<Timing>
}

/** The events that are not settled. */
export type Pending = {
  /** How many events wait, are being delivered, or will be tried again. One that two mappings take counts twice. */
  count: number
  /** When the next event is tried again, in epoch milliseconds. Absent if none is. */
  nextTryAt?: number
}

/** The stretch of Segment between its Tracking API and one destination. */
export type Pipeline = {
  /** Takes in what `readMessages` read. Returns at once. Each event is delivered in its own time. */
  accept: (events: TakenEvent[], refused?: Refusal[]) => void
  /** Records a request that was refused as a whole. */
  refuse: (status: number, message: string) => void
  /**
   * Resolves when there is room for more events, so that senders that are faster than the destination wait instead of
   * filling the memory. Those who wait are let in one after another.
   */
  room: () => Promise<void>
  mappings: () => Mapping[]
  /**
   * Switches mappings on or off for the events that come in from now on. Mappings that are not named stay as they are.
   *
   * @throws InputError if there is no mapping with such a name. Then none is switched
   */
  switchMappings: (switches: Switch[]) => void
  /** Returns the newest deliveries in the order in which they were settled, then those that will be tried again. */
  deliveries: () => Delivery[]
  /** Returns how many deliveries were settled and are gone, because newer ones came. */
  dropped: () => number
  counts: () => Counts
  pending: () => Pending
  /**
   * Starts over: drops the deliveries and all events that are not delivered yet, and sets the mappings back to the
   * presets. Resolves when the requests that are under way have ended. They are not reported.
   */
  forget: () => Promise<void>
  /** Delivers what waits without waiting any longer. Resolves when everything taken in is settled, retries included. */
  drain: () => Promise<void>
}

type Route = { mapping: Mapping; takes: (event: TakenEvent) => boolean; queue: Queue<TakenEvent, Attempt> }

const DEFAULT_KEEP = 10_000

/** Segment drops what comes again with the same message id within a day, such as what a browser sends twice. */
const MAX_SEEN = 100_000

/** Events that wait for a try. Each may have 32 KB. */
const MAX_BACKLOG = 5_000

const TIMING: Timing = { batchWait: 1_000, backOff: 500, random: Math.random }

const NO_COUNTS: Counts = { received: 0, failedOnIngest: 0, filtered: 0, pendingRetry: 0, failed: 0, delivered: 0 }

/** Where a delivery with each stage is counted. */
const COUNT_OF_STAGE = {
  'failed on ingest': 'failedOnIngest',
  filtered: 'filtered',
  'pending retry': 'pendingRetry',
  failed: 'failed',
  delivered: 'delivered'
} as const satisfies Record<Stage, keyof Counts>

/**
 * Creates a pipeline with the destination's presets as its mappings.
 *
 * @throws Error if the destination's presets do not fit its actions
 */
export function createPipeline<Settings extends JSONObject>({
  definition,
  settings,
  report = () => undefined,
  keep = DEFAULT_KEEP,
  timing
}: PipelineOptions<Settings>): Pipeline {
  const settled = createNewestList<Delivery>(keep)
  const seen = createNewestSet(MAX_SEEN)
  let counts = { ...NO_COUNTS }
  let routes = presetMappings(definition).map(createRoute)
  const room = createRoom(() => sum(routes, ({ queue }) => queue.backlog()) < MAX_BACKLOG)

  function createRoute(mapping: Mapping): Route {
    const target = { definition, settings, mapping }
    const queue = createQueue<TakenEvent, Attempt>({
      size: batchSize(target),
      timing: { ...TIMING, ...timing },
      attempt: (events) => {
        room.check()
        return attempt(target, events)
      },
      settle: (event, outcome, attempts) => {
        record(toDelivery(mapping, event, outcome, attempts))
      }
    })
    return { mapping, takes: filterOf(mapping), queue }
  }

  function record(delivery: Delivery): void {
    counts[COUNT_OF_STAGE[delivery.stage]] += 1
    settled.add(delivery)
    report(delivery)
  }

  function recordUndelivered(event: EventLabel | null, stage: Stage, status: number, message: string): void {
    record({ event, mapping: null, status, ok: stage === 'filtered', stage, attempts: 0, message })
  }

  function isTaken(event: TakenEvent, { mapping, takes }: Route): boolean {
    return mapping.enabled && isMeantFor(definition.name, event) && takes(event)
  }

  function whyFiltered(event: TakenEvent, isRepeat: boolean): string {
    const { name, type } = labelOf(event)
    const title = name ? `"${name}"` : `this ${type} call`
    if (isRepeat) return `Dropped ${title}, whose messageId came before.`
    return isMeantFor(definition.name, event)
      ? `No mapping that is switched on takes ${title}.`
      : `The "integrations" of ${title} keep it from ${definition.name}.`
  }

  return {
    accept(events, refused = []) {
      counts.received += events.length + refused.length
      for (const { event, message } of refused) recordUndelivered(event, 'failed on ingest', 400, message)
      for (const event of events) {
        const isRepeat = !seen.add(event.messageId)
        const takers = isRepeat ? [] : routes.filter((route) => isTaken(event, route))
        for (const { queue } of takers) queue.add(event)
        if (takers.length === 0) recordUndelivered(labelOf(event), 'filtered', 200, whyFiltered(event, isRepeat))
      }
    },
    refuse(status, message) {
      counts.received += 1
      recordUndelivered(null, 'failed on ingest', status, message)
    },
    room: room.enter,
    mappings: () => routes.map(({ mapping }) => ({ ...mapping })),
    switchMappings(switches) {
      const names = routes.map(({ mapping }) => mapping.name)
      const unknown = switches.find(({ name }) => !names.includes(name))
      if (unknown) {
        throw new InputError(`There is no mapping "${unknown.name}". The mappings are: ${names.join(', ')}.`)
      }
      for (const { name, enabled } of switches) {
        routes.filter(({ mapping }) => mapping.name === name).forEach(({ mapping }) => (mapping.enabled = enabled))
      }
    },
    deliveries: () => [
      ...settled.items(),
      ...routes.flatMap(({ mapping, queue }) =>
        queue.retries().map(({ item, outcome, attempts }) => ({
          ...toDelivery(mapping, item, outcome, attempts),
          stage: 'pending retry' as const,
          message: outcome.message
        }))
      )
    ],
    dropped: settled.dropped,
    counts: () => ({ ...counts, pendingRetry: sum(routes, ({ queue }) => queue.retries().length) }),
    pending() {
      const count = sum(routes, ({ queue }) => queue.unsettled())
      const tries = routes.flatMap(({ queue }) => queue.retries().map(({ nextTryAt }) => nextTryAt))
      return { count, ...(tries.length > 0 && { nextTryAt: tries.reduce((a, b) => Math.min(a, b)) }) }
    },
    async forget() {
      const old = routes
      routes = presetMappings(definition).map(createRoute)
      settled.clear()
      seen.clear()
      counts = { ...NO_COUNTS }
      room.check()
      await Promise.all(old.map(({ queue }) => queue.stop()))
    },
    async drain() {
      await Promise.all(routes.map(({ queue }) => queue.drain()))
    }
  }
}

function toDelivery(mapping: Mapping, event: TakenEvent, outcome: Attempt, attempts: number): Delivery {
  const message = isRetried(outcome.status) ? toLastMessage(outcome.message) : outcome.message
  return {
    event: labelOf(event),
    mapping: mapping.name,
    attempts,
    ...outcome,
    stage: outcome.ok ? 'delivered' : 'failed',
    message: [message, timeNote(event)].filter(Boolean).join(' ')
  }
}

function sum<Item>(items: Item[], count: (item: Item) => number): number {
  return items.reduce((total, item) => total + count(item), 0)
}
