import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { createNewestSet } from '../core'
import type { Counts, Delivery } from './delivery'
import type { RefusedMessage, TakenEvent } from './intake'
import { createMappingQueue, type MappingQueue } from './mapping-queue'
import type { Mapping } from './mappings'
import { createAttemptSlots, type Timing } from './queue'
import { createResults, type ResultsOptions } from './results'
import { createBackpressure } from './backpressure'
import { explainLeftOut } from './route'
import { createRoutes, type Setup } from './routes'

/** Options for `createPipeline`. */
export type PipelineOptions<Settings extends JSONObject> = ResultsOptions & {
  definition: DestinationDefinition<Settings>
  /** The destination's settings, as a customer saves them. */
  settings: Settings
  /** The customer's destination filters, as `readFilters` reads them. Default: none. */
  filters?: unknown
  /** Default: Segment's waits, shortened. A batch waits 1 s, back-off starts at 0.5 s. */
  timing?: Partial<Timing>
}

/** The events that are not settled. */
export type Pending = {
  /** How many events wait, are under way, or will be attempted again. An event that two mappings take counts twice. */
  count: number
  /** When the next event is attempted again, in epoch milliseconds. Absent if none is. */
  nextTryAt?: number
}

/** The state of a pipeline, for saving it. */
export type PipelineState = {
  /** The settled deliveries, oldest first. */
  deliveries: Delivery[]
  counts: Counts
  /** Message ids of earlier events. An event with one of them is a repeat. */
  messageIds: string[]
  mappings: Mapping[]
  settings: JSONObject
  /** The destination filters, as they were given. */
  filters: unknown
}

/** The part of Segment between its Tracking API and one destination. */
export type Pipeline = Setup & {
  /** Takes events and refused messages from `readMessages`. Returns at once, and delivers the events later. */
  accept: (events: TakenEvent[], refused?: RefusedMessage[]) => void
  /**
   * Hands events to the mappings again, with their ids, although they came before. Segment does the same for a customer
   * who has lost events. `onSettled` is not called again.
   */
  replay: (events: readonly TakenEvent[]) => void
  /** Records a request that was refused as a whole. */
  refuse: (status: number, message: string) => void
  /** Records a request to the destination's API that did not come through Segment, and was accepted with a note. */
  note: (message: string) => void
  /**
   * Records a refused request that is not of the shop. It is kept in a short list of its own, so that many of them do not
   * push out the deliveries of the shop. Of those with the same reason, only the first, the tenth and so on are reported.
   */
  refuseStray: (status: number, message: string, reason: string) => void
  /**
   * Resolves when there is space for more events. Senders that are faster than the destination wait here instead of
   * filling the memory. They enter in the order in which they came.
   */
  waitForSpace: () => Promise<void>
  /** Returns the newest deliveries in the order in which they were settled, then those that will be attempted again. */
  deliveries: () => Delivery[]
  /** Returns how many settled deliveries were dropped because newer ones came. */
  dropped: () => number
  counts: () => Counts
  pending: () => Pending
  /**
   * Drops all deliveries, and all events that are not settled. Resets the mappings to the presets, and the settings and
   * filters to the initial ones, unless they are to be kept. Resolves when no request is under way. The results of those
   * requests are not reported.
   */
  forget: (options?: { keepMappings?: boolean }) => Promise<void>
  /** Forgets everything, and continues from a saved state. */
  restore: (past: PipelineState) => Promise<void>
  /** Delivers all pending events now. Resolves when every event is settled, retries included. */
  drain: () => Promise<void>
}

/** How many message ids are remembered. Segment drops an event whose message id came before within a day. */
const MAX_SEEN = 100_000

/** The most events that wait for an attempt. Each may have 32 KB. Ten times as many as are under way at once. */
const MAX_BACKLOG = 2_000

/**
 * Creates a pipeline with the destination's presets as its mappings.
 *
 * @example
 * const pipeline = createPipeline({ definition: topsort, settings: { api_key: 'TSE_1' } })
 * pipeline.accept(readMessages('track', body, new Date()).events)
 * await pipeline.drain()
 * for (const { mapping, stage, message } of pipeline.deliveries()) console.log(mapping, stage, message)
 *
 * @throws Error if the destination's presets do not fit its actions
 * @throws InputError if a filter cannot be read
 */
export function createPipeline<Settings extends JSONObject>(options: PipelineOptions<Settings>): Pipeline {
  const { definition, settings, filters, observer, timing } = options
  const results = createResults(options)
  const slots = createAttemptSlots()
  const seen = createNewestSet(MAX_SEEN)
  const backpressure = createBackpressure(() => sum(queues(), ({ backlog }) => backlog()) < MAX_BACKLOG)
  const { find, queues, reset, ...setup } = createRoutes({
    definition,
    settings,
    filters,
    isRepeat: ({ messageId }, isReplay) => !isReplay && !seen.add(messageId),
    createQueue: (target) =>
      createMappingQueue(target, { timing, slots, observer, onAttempt: backpressure.check, settle: results.settle })
  })

  function route(original: TakenEvent, isReplay: boolean): void {
    const found = find(original, isReplay)
    if ('leftOut' in found) {
      const why = explainLeftOut(found, original, definition.name)
      results.filter(original, why, found)
      return
    }
    if (!isReplay) results.expect(original, found.queues.length)
    for (const queue of found.queues) {
      observer?.received(original, queue.mapping)
      queue.add({ original, event: found.event })
    }
  }

  const pipeline: Pipeline = {
    ...setup,
    ...recordRequests(results),
    accept(events, refused = []) {
      results.receive(events.length + refused.length)
      for (const { event, message, call } of refused) results.refuse(event, 400, message, call)
      for (const event of events) route(event, false)
    },
    replay(events) {
      results.receive(events.length)
      for (const event of events) route({ ...event }, true)
    },
    waitForSpace: backpressure.enter,
    deliveries: () => [...results.deliveries(), ...queues().flatMap((queue) => queue.pending())],
    dropped: results.dropped,
    counts: () => ({ ...results.counts(), pendingRetry: sum(queues(), ({ retries }) => retries().length) }),
    pending: () => toPending(queues()),
    async forget({ keepMappings = false } = {}) {
      const old = reset(keepMappings)
      results.clear()
      seen.clear()
      backpressure.check()
      await Promise.all(old.map((queue) => queue.stop()))
    },
    async restore(past) {
      await pipeline.forget()
      setup.changeSettings(past.settings)
      setup.replaceMappings(past.mappings)
      setup.replaceFilters(past.filters)
      results.restore(past.deliveries, past.counts)
      past.messageIds.forEach(seen.add)
    },
    async drain() {
      await Promise.all(queues().map((queue) => queue.drain()))
    }
  }
  return pipeline
}

/** Creates the functions that record a request as a whole. */
function recordRequests(results: ReturnType<typeof createResults>): Pick<Pipeline, 'refuse' | 'note' | 'refuseStray'> {
  return {
    refuse(status, message) {
      results.receive(1)
      results.refuse(null, status, message)
    },
    note(message) {
      results.receive(1)
      results.note(message)
    },
    refuseStray(status, message, reason) {
      results.receive(1)
      results.refuseStray(status, message, reason)
    }
  }
}

function toPending(queues: MappingQueue[]): Pending {
  const times = queues.flatMap((queue) => queue.retries().map(({ nextTryAt }) => nextTryAt))
  return {
    count: sum(queues, ({ unsettled }) => unsettled()),
    ...(times.length > 0 && { nextTryAt: times.reduce((a, b) => Math.min(a, b)) })
  }
}

function sum<Item>(items: Item[], count: (item: Item) => number): number {
  return items.reduce((total, item) => total + count(item), 0)
}
