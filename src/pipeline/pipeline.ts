import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { createNewestSet } from '../core'
import type { Counts, Delivery } from './delivery'
import type { RefusedMessage, TakenEvent } from './intake'
import { createMappingQueue, type MappingQueue } from './mapping-queue'
import type { Mapping } from './mappings'
import type { Timing } from './queue'
import { createResults, type ResultsOptions } from './results'
import { createBackpressure } from './backpressure'
import { explainLeftOut } from './route'
import { createRoutes } from './routes'
import { createSlots } from './slots'

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
export type Pipeline = ReturnType<typeof createPipeline>

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
export function createPipeline<Settings extends JSONObject>(options: PipelineOptions<Settings>) {
  const { definition, settings, filters, observer, timing } = options
  const results = createResults(options)
  const slots = createSlots()
  const seen = createNewestSet(MAX_SEEN)
  const backpressure = createBackpressure(() => sum(queues(), ({ backlog }) => backlog()) < MAX_BACKLOG)
  const { find, queues, reset, setup } = createRoutes({
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
      results.filter(original, explainLeftOut(found, original, definition.name), found)
      return
    }
    if (!isReplay) results.expect(original, found.queues.length)
    for (const queue of found.queues) {
      observer?.received(original, queue.mapping)
      queue.add({ original, event: found.event })
    }
  }

  /**
   * Drops all deliveries, and all events that are not settled. Resets the setup to the initial one, unless it is to be kept.
   * Resolves when no request is under way. The results of those requests are not reported.
   */
  async function forget({ keepMappings = false } = {}): Promise<void> {
    const old = reset(keepMappings)
    results.clear()
    seen.clear()
    backpressure.check()
    await Promise.all(old.map((queue) => queue.stop()))
  }

  return {
    ...setup,
    ...showResults(results, queues),
    forget,
    /** Takes events and refused messages from `readMessages`. Returns at once, and delivers the events later. */
    accept(events: TakenEvent[], refused: RefusedMessage[] = []): void {
      results.receive(events.length + refused.length)
      refused.forEach(results.refuseMessage)
      for (const event of events) route(event, false)
    },
    /** Hands earlier events to the mappings again, as Segment does for customers who lost some. Calls no `onSettled`. */
    replay(events: readonly TakenEvent[]): void {
      results.receive(events.length)
      for (const event of events) route({ ...event }, true)
    },
    /** Resolves when there is space for more events. Senders that are faster than the destination wait here in turn. */
    waitForSpace: backpressure.enter,
    /** Forgets everything, and continues from a saved state. */
    async restore(past: PipelineState): Promise<void> {
      await forget()
      setup.changeSettings(past.settings)
      setup.replaceMappings(past.mappings)
      setup.replaceFilters(past.filters)
      results.restore(past.deliveries, past.counts)
      past.messageIds.forEach(seen.add)
    }
  }
}

/** Creates the functions that record a request as a whole, and those that tell what becomes of the events. */
function showResults(results: ReturnType<typeof createResults>, queues: () => MappingQueue[]) {
  return {
    refuse: results.refuse,
    note: results.note,
    refuseStray: results.refuseStray,
    /** Returns the newest deliveries in the order in which they were settled, then those that will be attempted again. */
    deliveries: (): Delivery[] => [...results.deliveries(), ...queues().flatMap((queue) => queue.pending())],
    /** Returns how many settled deliveries were dropped because newer ones came. */
    dropped: results.dropped,
    counts: (): Counts => ({ ...results.counts(), pendingRetry: sum(queues(), ({ retries }) => retries().length) }),
    pending: () => toPending(queues()),
    /** Delivers all pending events now. Resolves when every event is settled, retries included. */
    async drain(): Promise<void> {
      await Promise.all(queues().map((queue) => queue.drain()))
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
