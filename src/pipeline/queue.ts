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

type QueueOptions<Item, Result extends { status: number }> = {
  /** The most items of an attempt. */
  size: number
  timing: Timing
  /** The slots for attempts, which several queues may share. Default: slots of its own. */
  slots?: Slots
  /** Hands items to the destination once. Returns one result for each, in their order, and never rejects. */
  attempt: (items: Item[]) => Promise<Result[]>
  /** Is called with the last result of an item, and the number of attempts. */
  settle: (item: Item, result: Result, attempts: number) => void
  /** Is called with each item that will be attempted again. */
  onRetry?: (retry: Retry<Item, Result>) => void
}

/** An item that waits for an attempt, with the number of attempts before. */
type Waiting<Item> = { item: Item; attempts: number }

/** Segment retries for about four hours. Here, somebody is waiting for the result. */
export const MAX_ATTEMPTS = 5

/** Tells whether Segment delivers an event again after this HTTP status. */
export function isRetried(status: number): boolean {
  return [408, 423, 429].includes(status) || (status >= 500 && status !== 501)
}

function hasNextAttempt({ result, attempts }: Ended<unknown, { status: number }>): boolean {
  return isRetried(result.status) && attempts < MAX_ATTEMPTS
}

/**
 * Creates an empty queue. It collects items into batches, attempts each batch, and retries what may succeed later. A batch
 * is attempted when it is full or when its first item has waited long enough, and up to four batches are attempted at
 * once, also by several queues that share their slots. Failed items wait for their back-off and then join the next batch,
 * so an item must not depend on the others of its batch.
 *
 * @example
 * const queue = createQueue({ size: 50, timing, attempt: send, settle: (item, { status }) => log(item, status) })
 * queue.add(item)
 * await queue.drain()
 */
export function createQueue<Item, Result extends { status: number }>(options: QueueOptions<Item, Result>) {
  const { size, timing, slots = createSlots(), attempt, settle, onRetry = () => undefined } = options
  let unsettled = 0
  let stopped = false
  const drained: (() => void)[] = []
  const running = new Set<Promise<void>>()
  const batches = createBatches<Waiting<Item>>(size, timing.batchWait, proceed)
  const backOff = createBackOff<Item, Result>({ ...timing, onStart: onRetry, onEnd: addAll })

  /** Decides what happens next. Called whenever anything has changed. */
  function proceed(): void {
    while (batches.isDue(drained.length > 0)) {
      if (slots.tryRun(attemptNext)) continue
      slots.whenFree(proceed)
      break
    }
    if (unsettled === 0 && running.size === 0) for (const resolve of drained.splice(0)) resolve()
    else batches.startWait()
  }

  function attemptNext(): Promise<void> {
    const task: Promise<void> = attemptBatch(batches.take()).then(() => void running.delete(task))
    running.add(task)
    return task.then(proceed)
  }

  function addAll(items: Waiting<Item>[]): void {
    items.forEach(batches.add)
    proceed()
  }

  async function attemptBatch(batch: Waiting<Item>[]): Promise<void> {
    const results = await attempt(batch.map(({ item }) => item))
    if (stopped) return
    batch.forEach(backOff.remove)
    const ended = batch.map(({ item, attempts }, index) => ({ item, result: results[index], attempts: attempts + 1 }))
    const failed = ended.filter(hasNextAttempt)
    for (const { item, result, attempts } of ended.filter((each) => !failed.includes(each))) {
      unsettled -= 1
      settle(item, result, attempts)
    }
    if (failed.length > 0) backOff.start(failed)
  }

  return {
    add(item: Item): void {
      unsettled += 1
      addAll([{ item, attempts: 0 }])
    },
    /** Returns how many items wait for an attempt. Items in their back-off do not count. */
    backlog: batches.count,
    unsettled: () => unsettled,
    retries: backOff.retries,
    /** Stops waiting for batches to fill. Resolves when all items are settled, retries included. */
    drain: () =>
      new Promise<void>((resolve) => {
        drained.push(resolve)
        proceed()
      }),
    /** Drops every item that is not settled. Resolves when no attempt is under way. */
    async stop(): Promise<void> {
      stopped = true
      batches.clear()
      backOff.clear()
      unsettled = 0
      await Promise.all(running)
      proceed()
    }
  }
}
