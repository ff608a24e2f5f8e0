import type { JSONObject } from '@segment/actions-core'
import { attempt, type Attempt, batchSize, type Target } from './attempt'
import { type Delivery, labelOf } from './delivery'
import { type Exchange, isAbout } from './exchanges'
import { timeNote } from './intake'
import type { TakenEvent } from './intake'
import type { Mapping } from './mappings'
import type { Observer, Try } from './observer'
import { createQueue, isRetried, MAX_ATTEMPTS } from './queue'
import type { Queue, Retry, Timing } from './queue'

/** An event that a mapping takes. */
export type QueuedEvent = {
  /** As it came in. */
  original: TakenEvent
  /** As the mapping gets it, after the destination filters. */
  event: TakenEvent
}

/** The events that a mapping takes, until they are settled. */
export type MappingQueue = Queue<QueuedEvent, Attempt> & {
  mapping: Mapping
  /** Returns the latest delivery of each event that will be tried again. */
  pending: () => Delivery[]
}

export type MappingQueueOptions = {
  timing?: Partial<Timing>
  observer?: Observer
  /** Is called before each try, when the events do not wait any more. */
  onTry: () => void
  /** Is called with the final delivery of each event. */
  settle: (event: TakenEvent, mapping: Mapping, delivery: Delivery) => void
}

const TIMING: Timing = { batchWait: 1_000, backOff: 500, random: Math.random }

/** Creates the queue of a mapping. It delivers to the target until an event is delivered or given up. */
export function createMappingQueue<Settings extends JSONObject>(
  target: Target<Settings>,
  { timing, observer, onTry, settle }: MappingQueueOptions
): MappingQueue {
  const { mapping } = target
  /** The latest try of each event that is being tried. Only while somebody observes. */
  const tries = new Map<QueuedEvent, Try>()
  const takeTry = (item: QueuedEvent): Try | undefined => {
    const lastTry = tries.get(item)
    tries.delete(item)
    return lastTry
  }

  async function attemptAll(items: QueuedEvent[]): Promise<Attempt[]> {
    onTry()
    const events = items.map(({ event }) => event)
    if (!observer) return attempt(target, events)
    const started = Date.now()
    const exchanges: Exchange[] = []
    const attempts = await attempt(target, events, (exchange) => exchanges.push(exchange))
    items.forEach((item, index) => {
      tries.set(item, toTry(started, attempts[index], items.length === 1, exchanges))
    })
    return attempts
  }

  const queue = createQueue<QueuedEvent, Attempt>({
    size: batchSize(target),
    timing: { ...TIMING, ...timing },
    attempt: attemptAll,
    onRetry(retry) {
      const lastTry = takeTry(retry.item)
      if (lastTry) observer?.tried(retry.item.original, mapping, toPending(mapping, retry), lastTry, retry.nextTryAt)
    },
    settle(item, outcome, attempts) {
      const delivery = toDelivery(mapping, item.original, outcome, attempts)
      const lastTry = takeTry(item)
      if (lastTry) observer?.tried(item.original, mapping, delivery, lastTry)
      settle(item.original, mapping, delivery)
    }
  })
  return { ...queue, mapping, pending: () => queue.retries().map((retry) => toPending(mapping, retry)) }
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

function toPending(mapping: Mapping, { item, outcome, attempts }: Retry<QueuedEvent, Attempt>): Delivery {
  const delivery = toDelivery(mapping, item.original, outcome, attempts)
  return { ...delivery, stage: 'pending retry', message: outcome.message }
}

/**
 * Describes the try of an event.
 *
 * @param isAlone whether all requests are about the one event
 */
function toTry(started: number, { status, message, sent }: Attempt, isAlone: boolean, exchanges: Exchange[]): Try {
  return {
    at: new Date(started).toISOString(),
    duration: Date.now() - started,
    status,
    message,
    exchanges: isAlone ? exchanges : exchanges.filter((exchange) => isAbout(exchange, sent))
  }
}
