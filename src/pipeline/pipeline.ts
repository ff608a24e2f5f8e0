import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { createNewestList, createNewestSet, InputError } from '../core'
import { attempt, batchSize } from './attempt'
import type { Attempt } from './attempt'
import { type Counts, type Delivery, type EventLabel, labelOf, type Stage } from './delivery'
import { type Exchange, isAbout } from './exchanges'
import { timeNote } from './intake'
import type { Refusal, TakenEvent } from './intake'
import { filterOf, isMeantFor, presetMappings } from './mappings'
import type { Mapping, Switch } from './mappings'
import type { Observer, Try } from './observer'
import { createQueue, isRetried, MAX_ATTEMPTS } from './queue'
import type { Queue, Retry, Timing } from './queue'
import { createRoom } from './room'

/** What a pipeline needs to know. */
export type PipelineOptions<Settings extends JSONObject> = {
  definition: DestinationDefinition<Settings>
  /** The destination's settings, as a customer saves them. */
  settings: Settings
  /** Is called with each delivery as soon as it is settled. */
  report?: (delivery: Delivery) => void
  /**
   * Is called with each event once every mapping that took it has its final result, and with an event that no mapping
   * took at once. Repeats are left out.
   */
  onSettled?: (event: TakenEvent, results: SettledResult[]) => void
  /** Sees each step of each event. */
  observer?: Observer
  /** How many deliveries are kept. Default: 10,000. */
  keep?: number
  /** By default as in Segment, only shorter: batches wait a second, back-off starts with half a second. */
  timing?: Partial<Timing>
}

/** The final result of an event at one mapping. */
export type SettledResult = { mapping: Mapping; delivery: Delivery }

/** The events that are not settled. */
export type Pending = {
  /** How many events wait, are being delivered, or will be tried again. One that two mappings take counts twice. */
  count: number
  /** When the next event is tried again, in epoch milliseconds. Absent if none is. */
  nextTryAt?: number
}

/** What a pipeline had when it was saved. */
export type Past = {
  /** What was settled, in the order in which it was. */
  deliveries: Delivery[]
  counts: Counts
  /** Those that make a further event a repeat. */
  messageIds: string[]
  mappings: Mapping[]
  settings: JSONObject
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
  /**
   * Replaces the mappings for the events that come in from now on. Events that came before are delivered as they would
   * have been.
   *
   * @throws Error if the trigger of a mapping cannot be parsed. Then none is replaced
   */
  replaceMappings: (mappings: Mapping[]) => void
  settings: () => JSONObject
  /** Changes settings for the events that come in from now on. Those that are not named stay as they are. */
  changeSettings: (changes: JSONObject) => void
  /** Returns the newest deliveries in the order in which they were settled, then those that will be tried again. */
  deliveries: () => Delivery[]
  /** Returns how many deliveries were settled and are gone, because newer ones came. */
  dropped: () => number
  counts: () => Counts
  pending: () => Pending
  /**
   * Starts over: drops the deliveries and all events that are not delivered yet. Sets the mappings back to the presets and
   * the settings to those of the start, unless they are to be kept. Resolves when the requests that are under way have
   * ended. They are not reported.
   */
  forget: (options?: { keepMappings?: boolean }) => Promise<void>
  /** Forgets everything, and continues with what an earlier pipeline had. */
  restore: (past: Past) => Promise<void>
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
  settings: firstSettings,
  report = () => undefined,
  onSettled = () => undefined,
  observer,
  keep = DEFAULT_KEEP,
  timing
}: PipelineOptions<Settings>): Pipeline {
  const settled = createNewestList<Delivery>(keep)
  const seen = createNewestSet(MAX_SEEN)
  let counts = { ...NO_COUNTS }
  /** The results so far of events that wait for others, and how many are missing. */
  const unfinished = new Map<TakenEvent, { missing: number; results: SettledResult[] }>()
  let settings = firstSettings
  let routes = presetMappings(definition).map(createRoute)
  /** Routes that were replaced, and still deliver what they took. */
  let retired: Route[] = []
  const room = createRoom(() => sum(allRoutes(), ({ queue }) => queue.backlog()) < MAX_BACKLOG)

  function allRoutes(): Route[] {
    retired = retired.filter(({ queue }) => queue.unsettled() > 0)
    return [...retired, ...routes]
  }

  function createRoute(mapping: Mapping): Route {
    const target = { definition, settings, mapping }
    /** The latest try of each event that is being tried. Only while somebody observes. */
    const tries = new Map<TakenEvent, Try>()
    const takeTry = (event: TakenEvent): Try | undefined => {
      const lastTry = tries.get(event)
      tries.delete(event)
      return lastTry
    }
    const queue = createQueue<TakenEvent, Attempt>({
      size: batchSize(target),
      timing: { ...TIMING, ...timing },
      attempt: async (events) => {
        room.check()
        if (!observer) return attempt(target, events)
        const started = Date.now()
        const exchanges: Exchange[] = []
        const attempts = await attempt(target, events, (exchange) => exchanges.push(exchange))
        events.forEach((event, index) => {
          tries.set(event, toTry(started, attempts[index], events.length === 1, exchanges))
        })
        return attempts
      },
      onRetry: (retry) => {
        const lastTry = takeTry(retry.item)
        if (lastTry) observer?.tried(retry.item, mapping, toPending(mapping, retry), lastTry, retry.nextTryAt)
      },
      settle: (event, outcome, attempts) => {
        const delivery = toDelivery(mapping, event, outcome, attempts)
        const lastTry = takeTry(event)
        if (lastTry) observer?.tried(event, mapping, delivery, lastTry)
        record(delivery)
        finish(event, { mapping, delivery })
      }
    })
    return { mapping, takes: filterOf(mapping), queue }
  }

  function record(delivery: Delivery): void {
    counts[COUNT_OF_STAGE[delivery.stage]] += 1
    settled.add(delivery)
    report(delivery)
  }

  function finish(event: TakenEvent, result: SettledResult): void {
    const open = unfinished.get(event)
    if (!open) return
    open.results.push(result)
    open.missing -= 1
    if (open.missing > 0) return
    unfinished.delete(event)
    onSettled(event, open.results)
  }

  function recordUndelivered(
    label: EventLabel | null,
    stage: Stage,
    status: number,
    message: string,
    event?: TakenEvent
  ): void {
    const delivery = { event: label, mapping: null, status, ok: stage === 'filtered', stage, attempts: 0, message }
    observer?.undelivered(delivery, event)
    record(delivery)
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

  const pipeline: Pipeline = {
    accept(events, refused = []) {
      counts.received += events.length + refused.length
      for (const { event, message } of refused) recordUndelivered(event, 'failed on ingest', 400, message)
      for (const event of events) {
        const isRepeat = !seen.add(event.messageId)
        const takers = isRepeat ? [] : routes.filter((route) => isTaken(event, route))
        if (takers.length === 0) {
          recordUndelivered(labelOf(event), 'filtered', 200, whyFiltered(event, isRepeat), event)
          if (!isRepeat) onSettled(event, [])
          continue
        }
        unfinished.set(event, { missing: takers.length, results: [] })
        for (const { queue, mapping } of takers) {
          observer?.received(event, mapping)
          queue.add(event)
        }
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
    replaceMappings(mappings) {
      const next = mappings.map((mapping) => createRoute({ ...mapping }))
      retired = allRoutes()
      routes = next
    },
    settings: () => settings,
    changeSettings(changes) {
      settings = { ...settings, ...changes }
      retired = allRoutes()
      routes = routes.map(({ mapping }) => createRoute(mapping))
    },
    deliveries: () => [
      ...settled.items(),
      ...allRoutes().flatMap(({ mapping, queue }) => queue.retries().map((retry) => toPending(mapping, retry)))
    ],
    dropped: settled.dropped,
    counts: () => ({ ...counts, pendingRetry: sum(allRoutes(), ({ queue }) => queue.retries().length) }),
    pending() {
      const count = sum(allRoutes(), ({ queue }) => queue.unsettled())
      const tries = allRoutes().flatMap(({ queue }) => queue.retries().map(({ nextTryAt }) => nextTryAt))
      return { count, ...(tries.length > 0 && { nextTryAt: tries.reduce((a, b) => Math.min(a, b)) }) }
    },
    async forget({ keepMappings = false } = {}) {
      const old = allRoutes()
      retired = []
      if (!keepMappings) settings = firstSettings
      routes = (keepMappings ? routes.map(({ mapping }) => mapping) : presetMappings(definition)).map(createRoute)
      settled.clear()
      seen.clear()
      unfinished.clear()
      counts = { ...NO_COUNTS }
      room.check()
      await Promise.all(old.map(({ queue }) => queue.stop()))
    },
    async restore(past) {
      await pipeline.forget()
      pipeline.changeSettings(past.settings)
      pipeline.replaceMappings(past.mappings)
      past.deliveries.forEach(settled.add)
      past.messageIds.forEach(seen.add)
      counts = { ...past.counts }
    },
    async drain() {
      await Promise.all(allRoutes().map(({ queue }) => queue.drain()))
    }
  }
  return pipeline
}

function toDelivery(mapping: Mapping, event: TakenEvent, outcome: Attempt, attempts: number): Delivery {
  const last = isRetried(outcome.status) && `(This was the last of ${MAX_ATTEMPTS} tries here. Segment makes more.)`
  return {
    event: labelOf(event),
    mapping: mapping.name,
    attempts,
    ...outcome,
    stage: outcome.ok ? 'delivered' : 'failed',
    message: [outcome.message, last, timeNote(event)].filter(Boolean).join(' ')
  }
}

function toPending(mapping: Mapping, { item, outcome, attempts }: Retry<TakenEvent, Attempt>): Delivery {
  return { ...toDelivery(mapping, item, outcome, attempts), stage: 'pending retry', message: outcome.message }
}

/** @param isAlone whether all requests are about the one event */
function toTry(started: number, { status, message, sent }: Attempt, isAlone: boolean, exchanges: Exchange[]): Try {
  return {
    at: new Date(started).toISOString(),
    duration: Date.now() - started,
    status,
    message,
    exchanges: isAlone ? exchanges : exchanges.filter((exchange) => isAbout(exchange, sent))
  }
}

function sum<Item>(items: Item[], count: (item: Item) => number): number {
  return items.reduce((total, item) => total + count(item), 0)
}
