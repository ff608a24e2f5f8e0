import { createBackOff, type Ended, type Retry } from './back-off'

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

type Waiting<Item, Result> = { item: Item; attempts: number; retry?: Retry<Item, Result> }

/** Segment goes on for about four hours. On one machine somebody is waiting for the result. */
export const MAX_ATTEMPTS = 5

/** Keeps one slow answer from holding up all later batches. */
const MAX_AT_ONCE = 4

/** Tells whether Segment delivers an event again after this HTTP status. */
export function isRetried(status: number): boolean {
  return [408, 423, 429].includes(status) || (status >= 500 && status !== 501)
}

/**
 * Creates an empty queue. A batch is attempted when it is full or when its first item has waited long enough, and up to
 * four batches are attempted at once. Failed items wait for their back-off and then join the next batch, so an item must
 * not depend on the others of its batch.
 *
 * @example
 * const queue = createQueue({ size: 50, timing, attempt: send, settle: (item, { status }) => log(item, status) })
 * queue.add(item)
 * await queue.drain()
 */
export function createQueue<Item, Result extends { status: number }>({
  size,
  timing,
  attempt,
  settle,
  onRetry = () => undefined
}: QueueOptions<Item, Result>): Queue<Item, Result> {
  let waiting: Waiting<Item, Result>[] = []
  let unsettled = 0
  let stopped = false
  const underWay = new Set<Promise<void>>()
  const drained: (() => void)[] = []
  const batchWait = createDeadline(timing.batchWait, proceed)
  const backOff = createBackOff<Item, Result>({ ...timing, onStart: onRetry, onEnd: join })

  /** The one place that decides what happens next. Called whenever anything has changed. */
  function proceed(): void {
    while (underWay.size < MAX_AT_ONCE && isReady()) flush()
    if (unsettled === 0 && underWay.size === 0) for (const resolve of drained.splice(0)) resolve()
    else if (waiting.length > 0) batchWait.start()
  }

  function isReady(): boolean {
    return waiting.length >= size || (waiting.length > 0 && (batchWait.isOver() || drained.length > 0))
  }

  function flush(): void {
    batchWait.clear()
    const task = attemptBatch(waiting.splice(0, size)).then(() => {
      underWay.delete(task)
      proceed()
    })
    underWay.add(task)
  }

  async function attemptBatch(batch: Waiting<Item, Result>[]): Promise<void> {
    const results = await attempt(batch.map(({ item }) => item))
    if (stopped) return
    const failed: Ended<Item, Result>[] = []
    batch.forEach(({ item, attempts, retry }, index) => {
      if (retry) backOff.remove(retry)
      const ended = { item, attempts: attempts + 1, result: results[index] }
      if (isRetried(ended.result.status) && ended.attempts < MAX_ATTEMPTS) failed.push(ended)
      else settleItem(ended)
    })
    if (failed.length > 0) backOff.start(failed)
  }

  function settleItem({ item, result, attempts }: Ended<Item, Result>): void {
    unsettled -= 1
    settle(item, result, attempts)
  }

  function join(retries: Retry<Item, Result>[]): void {
    for (const retry of retries) waiting.push({ item: retry.item, attempts: retry.attempts, retry })
    proceed()
  }

  return {
    add(item) {
      unsettled += 1
      waiting.push({ item, attempts: 0 })
      proceed()
    },
    backlog: () => waiting.length,
    unsettled: () => unsettled,
    retries: backOff.retries,
    drain: () =>
      new Promise((resolve) => {
        drained.push(resolve)
        proceed()
      }),
    async stop() {
      stopped = true
      batchWait.clear()
      backOff.clear()
      waiting = []
      unsettled = 0
      await Promise.all(underWay)
      proceed()
    }
  }
}

/** A wait that is over after a time, unless it is cleared before. */
type Deadline = {
  /** Starts the wait, unless it is under way or over. */
  start: () => void
  isOver: () => boolean
  clear: () => void
}

function createDeadline(wait: number, onEnd: () => void): Deadline {
  let timer: NodeJS.Timeout | undefined
  let isOver = false

  return {
    start() {
      if (isOver) return
      timer ??= setTimeout(() => {
        isOver = true
        onEnd()
      }, wait)
    },
    isOver: () => isOver,
    clear() {
      clearTimeout(timer)
      timer = undefined
      isOver = false
    }
  }
}
