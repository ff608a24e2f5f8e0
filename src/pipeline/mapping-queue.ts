import type { JSONObject } from '@segment/actions-core'
import { attempt, type EventResult, batchSize, type DeliveryTarget } from './attempt'
import { type Delivery, labelOf } from './delivery'
import { createExchangeFinder, type Exchange, recordExchanges } from './exchanges'
import { type TakenEvent, timeNote } from './intake'
import type { Mapping } from './mappings'
import type { Observer, Attempt } from './observer'
import type { Retry } from './back-off'
import { createQueue, isRetried, MAX_ATTEMPTS, type Timing } from './queue'
import type { Slots } from './slots'

/** An event that a mapping takes. */
type QueuedEvent = {
  /** The event before the destination filters. */
  original: TakenEvent
  /** The event after the destination filters, which the mapping gets. */
  event: TakenEvent
}

/** The events that a mapping takes, until they are settled. */
export type MappingQueue = ReturnType<typeof createMappingQueue>

type MappingQueueOptions = {
  timing?: Partial<Timing>
  /** The slots for attempts, which all mappings share. */
  slots: Slots
  observer?: Observer
  /** Is called before each attempt, when its events no longer wait. */
  onAttempt: () => void
  /** Is called with the final delivery of each event. */
  settle: (event: TakenEvent, mapping: Mapping, delivery: Delivery) => void
}

const TIMING: Timing = { batchWait: 1_000, backOff: 500, random: Math.random }

/** Creates the queue of a mapping. It attempts each event until it is delivered, or until it fails for good. */
export function createMappingQueue<Settings extends JSONObject>(
  target: DeliveryTarget<Settings>,
  { timing, slots, observer, onAttempt, settle }: MappingQueueOptions
) {
  const { mapping } = target
  /** The latest attempt of each event that is under way. Filled only if there is an observer. */
  const latestAttempts = new Map<QueuedEvent, Attempt>()
  const takeAttempt = (item: QueuedEvent): Attempt | undefined => {
    const latest = latestAttempts.get(item)
    latestAttempts.delete(item)
    return latest
  }

  async function attemptAll(items: QueuedEvent[]): Promise<EventResult[]> {
    onAttempt()
    const events = items.map(({ event }) => event)
    if (!observer) return attempt(target, events)
    const started = Date.now()
    const exchanges: Exchange[] = []
    const definition = recordExchanges(target.definition, (exchange) => exchanges.push(exchange))
    const results = await attempt({ ...target, definition }, events)
    // All requests of an event alone are about it.
    const find = items.length === 1 ? () => exchanges : createExchangeFinder(exchanges)
    items.forEach((item, index) => {
      latestAttempts.set(item, toAttempt(started, results[index], find(results[index].sent)))
    })
    return results
  }

  const queue = createQueue<QueuedEvent, EventResult>({
    size: batchSize(target),
    timing: { ...TIMING, ...timing },
    slots,
    attempt: attemptAll,
    onRetry(retry) {
      const latest = takeAttempt(retry.item)
      if (latest) observer?.attempted(retry.item.original, mapping, toPending(mapping, retry), latest, retry.nextTryAt)
    },
    settle(item, result, attempts) {
      const delivery = toDelivery(mapping, item.original, result, attempts)
      const latest = takeAttempt(item)
      if (latest) observer?.attempted(item.original, mapping, delivery, latest)
      settle(item.original, mapping, delivery)
    }
  })
  return {
    ...queue,
    mapping,
    /** Returns the latest delivery of each event that will be attempted again. */
    pending: () => queue.retries().map((retry) => toPending(mapping, retry))
  }
}

function toDelivery(mapping: Mapping, event: TakenEvent, result: EventResult, attempts: number): Delivery {
  const last = isRetried(result.status) && `(This was the last of ${MAX_ATTEMPTS} attempts here. Segment makes more.)`
  return {
    event: labelOf(event),
    mapping: mapping.name,
    attempts,
    ...result,
    stage: result.ok ? 'delivered' : 'failed',
    message: [result.message, last, timeNote(event)].filter(Boolean).join(' ')
  }
}

function toPending(mapping: Mapping, { item, result, attempts }: Retry<QueuedEvent, EventResult>): Delivery {
  const delivery = toDelivery(mapping, item.original, result, attempts)
  return { ...delivery, stage: 'pending retry', message: result.message }
}

/** Describes an attempt of an event. @param exchanges the requests about the event */
function toAttempt(started: number, { status, message }: EventResult, exchanges: Exchange[]): Attempt {
  return { at: new Date(started).toISOString(), duration: Date.now() - started, status, message, exchanges }
}
