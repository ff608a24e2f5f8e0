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
  /** Returns how many items wait for an attempt. Those that wait for their back-off to end are not among them. */
  backlog: () => number
  /** Returns how many items are not settled. */
  unsettled: () => number
  /** Returns the items that were tried and will be tried again, with their latest result. */
  retries: () => Retry<Item, Result>[]
  /** Stops waiting for batches to fill. Resolves when no item is left, retries included. */
  drain: () => Promise<void>
  /** Drops every item that is not settled. Resolves when no attempt is under way. */
  stop: () => Promise<void>
}

/** An item that failed and will be tried again. */
export type Retry<Item, Result> = {
  item: Item
  result: Result
  attempts: number
  /** In epoch milliseconds. In the past while the item waits for a batch or is under way. */
  nextTryAt: number
}

type Waiting<Item, Result> = { item: Item; attempts: number; retry?: Retry<Item, Result> }

/** Segment goes on for about four hours. On one machine somebody is waiting for the result. */
export const MAX_ATTEMPTS = 5

/** So that one slow answer does not hold up everything behind it. */
const MAX_AT_ONCE = 4

/** Tells whether Segment delivers an event again after this HTTP status. */
export function isRetried(status: number): boolean {
  return [408, 423, 429].includes(status) || (status >= 500 && status !== 501)
}

/**
 * Creates an empty queue. A batch is attempted when it is full or when its first item has waited long enough, and up to four
 * batches are attempted at once. Items that are attempted again wait first (exponential back-off with full jitter) and then join
 * the next batch, so an item must not depend on the others of its batch.
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
  let isDue = false
  let batchTimer: NodeJS.Timeout | undefined
  const underWay = new Set<Promise<void>>()
  const drained: (() => void)[] = []
  const backOffTimers = new Set<NodeJS.Timeout>()
  const retries = new Set<Retry<Item, Result>>()

  /** The one place that decides what happens next. Called whenever anything has changed. */
  function proceed(): void {
    while (underWay.size < MAX_AT_ONCE && isReady()) flush()
    if (unsettled === 0 && underWay.size === 0) {
      for (const resolve of drained.splice(0)) resolve()
    } else if (waiting.length > 0 && !isDue) {
      batchTimer ??= setTimeout(() => {
        batchTimer = undefined
        isDue = true
        proceed()
      }, timing.batchWait)
    }
  }

  function isReady(): boolean {
    return waiting.length >= size || (waiting.length > 0 && (isDue || drained.length > 0))
  }

  function flush(): void {
    clearTimeout(batchTimer)
    batchTimer = undefined
    isDue = false
    const task = attemptBatch(waiting.splice(0, size)).then(() => {
      underWay.delete(task)
      proceed()
    })
    underWay.add(task)
  }

  async function attemptBatch(batch: Waiting<Item, Result>[]): Promise<void> {
    const results = await attempt(batch.map(({ item }) => item))
    if (stopped) return
    const again: Retry<Item, Result>[] = []
    batch.forEach(({ item, attempts: before, retry }, index) => {
      if (retry) retries.delete(retry)
      const attempts = before + 1
      const result = results[index]
      if (isRetried(result.status) && attempts < MAX_ATTEMPTS) {
        again.push({ item, result, attempts, nextTryAt: 0 })
      } else {
        unsettled -= 1
        settle(item, result, attempts)
      }
    })
    if (again.length > 0) backOff(again)
  }

  function backOff(batch: Retry<Item, Result>[]): void {
    const attempts = Math.max(...batch.map((retry) => retry.attempts))
    const wait = timing.random() * timing.backOff * 2 ** (attempts - 1)
    const nextTryAt = Date.now() + wait
    for (const retry of batch) {
      retries.add(Object.assign(retry, { nextTryAt }))
      onRetry(retry)
    }
    const timer = setTimeout(() => {
      backOffTimers.delete(timer)
      for (const retry of batch) waiting.push({ item: retry.item, attempts: retry.attempts, retry })
      proceed()
    }, wait)
    backOffTimers.add(timer)
  }

  return {
    add(item) {
      unsettled += 1
      waiting.push({ item, attempts: 0 })
      proceed()
    },
    backlog: () => waiting.length,
    unsettled: () => unsettled,
    retries: () => [...retries],
    drain() {
      return new Promise((resolve) => {
        drained.push(resolve)
        proceed()
      })
    },
    async stop() {
      stopped = true
      clearTimeout(batchTimer)
      backOffTimers.forEach(clearTimeout)
      retries.clear()
      waiting = []
      unsettled = 0
      await Promise.all(underWay)
      proceed()
    }
  }
}
