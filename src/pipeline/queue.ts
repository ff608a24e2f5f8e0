import { createBackOff, type Ended, type Retry } from './back-off'
import { createBatches } from './batches'
import { createSlots, type Slots } from './slots'

/** How long things wait. */
export type Timing = {
  /** How long an event waits for others to fill its batch, in milliseconds. */
  batchWait: number
  /** The longest wait before the second attempt, in milliseconds. It doubles with each further attempt. */
  backOff: number
  /** Returns a number from 0 up to 1, as `Math.random` does. */
  random: () => number
}

/** How a queue treats its items. */
export type QueueOptions<Item, Result extends { status: number }> = {
  /** The most items of an attempt. */
  size: number
  timing: Timing
  /** The slots for attempts, which several queues may share. Default: slots for four attempts at once. */
  slots?: Slots
  /** Hands items to the destination once. Returns one result for each, in their order, and never rejects. */
  attempt: (items: Item[]) => Promise<Result[]>
  /** Is called with the last result of an item, and the number of attempts. */
  settle: (item: Item, result: Result, attempts: number) => void
  /** Is called with each item that will be attempted again. */
  onRetry?: (retry: Retry<Item, Result>) => void
}

/** Collects items into batches, attempts each batch, and retries what may succeed later. */
export type Queue<Item, Result> = {
  add: (item: Item) => void
  /** Returns how many items wait for an attempt. Items in their back-off do not count. */
  backlog: () => number
  /** Returns how many items are not settled. */
  unsettled: () => number
  /** Returns the items that failed and will be attempted again, with their latest result. */
  retries: () => Retry<Item, Result>[]
  /** Stops waiting for batches to fill. Resolves when all items are settled, retries included. */
  drain: () => Promise<void>
  /** Drops every item that is not settled. Resolves when no attempt is under way. */
  stop: () => Promise<void>
}

/** An item that waits for an attempt, with the number of attempts before. */
type Waiting<Item> = { item: Item; attempts: number }

/** Segment retries for about four hours. Here, somebody is waiting for the result. */
export const MAX_ATTEMPTS = 5

/** Keeps one slow answer from holding up all later batches. More would only wait for each other. */
const MAX_AT_ONCE = 4

/** Creates the slots for attempts. */
export function createAttemptSlots(): Slots {
  return createSlots(MAX_AT_ONCE)
}

/** Tells whether Segment delivers an event again after this HTTP status. */
export function isRetried(status: number): boolean {
  return [408, 423, 429].includes(status) || (status >= 500 && status !== 501)
}

/**
 * Creates an empty queue. A batch is attempted when it is full or when its first item has waited long enough, and up to
 * four batches are attempted at once, also by several queues that share their slots. Failed items wait for their back-off and then join the next batch, so an item must
 * not depend on the others of its batch.
 *
 * @example
 * const queue = createQueue({ size: 50, timing, attempt: send, settle: (item, { status }) => log(item, status) })
 * queue.add(item)
 * await queue.drain()
 */
export function createQueue<Item, Result extends { status: number }>(
  options: QueueOptions<Item, Result>
): Queue<Item, Result> {
  const { size, timing, slots = createAttemptSlots(), attempt, settle, onRetry = () => undefined } = options
  let unsettled = 0
  let stopped = false
  const drained: (() => void)[] = []
  const running = createRunning()
  const batches = createBatches<Waiting<Item>>(size, timing.batchWait, proceed)
  const backOff = createBackOff<Item, Result>({ ...timing, onStart: onRetry, onEnd: addAll })

  /** Decides what happens next. Called whenever anything has changed. */
  function proceed(): void {
    while (batches.isDue(drained.length > 0)) {
      if (slots.tryRun(attemptNext)) continue
      slots.whenFree(proceed)
      break
    }
    if (unsettled === 0 && running.isEmpty()) for (const resolve of drained.splice(0)) resolve()
    else batches.startWait()
  }

  const attemptNext = (): Promise<void> => running.add(attemptBatch(batches.take())).then(proceed)

  function addAll(items: Waiting<Item>[]): void {
    items.forEach(batches.add)
    proceed()
  }

  async function attemptBatch(batch: Waiting<Item>[]): Promise<void> {
    const results = await attempt(batch.map(({ item }) => item))
    if (stopped) return
    const failed: Ended<Item, Result>[] = []
    batch.forEach((waiting, index) => {
      backOff.remove(waiting)
      const ended = { item: waiting.item, result: results[index], attempts: waiting.attempts + 1 }
      if (isRetried(ended.result.status) && ended.attempts < MAX_ATTEMPTS) {
        failed.push(ended)
      } else {
        unsettled -= 1
        settle(ended.item, ended.result, ended.attempts)
      }
    })
    if (failed.length > 0) backOff.start(failed)
  }

  return {
    add(item) {
      unsettled += 1
      addAll([{ item, attempts: 0 }])
    },
    backlog: batches.count,
    unsettled: () => unsettled,
    retries: backOff.retries,
    async drain() {
      await new Promise<void>((resolve) => {
        drained.push(resolve)
        proceed()
      })
    },
    async stop() {
      stopped = true
      batches.clear()
      backOff.clear()
      unsettled = 0
      await running.allEnded()
      proceed()
    }
  }
}

/** Knows the tasks that have not ended. */
function createRunning() {
  const running = new Set<Promise<void>>()
  return {
    isEmpty: () => running.size === 0,
    /** Adds a task, which must not reject. Returns a promise that resolves after the task is removed. */
    add(task: Promise<void>): Promise<void> {
      running.add(task)
      return task.then(() => void running.delete(task))
    },
    allEnded: () => Promise.all(running)
  }
}
