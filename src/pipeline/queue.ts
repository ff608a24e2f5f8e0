/** How long things wait. */
export type Timing = {
  /** How long an event waits for others to fill its batch, in milliseconds. */
  batchWait: number
  /** The longest wait before the second try, in milliseconds. It doubles with each further try. */
  backOff: number
  /** Returns a number from 0 up to 1, as `Math.random` does. */
  random: () => number
}

/** How a queue treats its items. */
export type QueueOptions<Item, Outcome extends { status: number }> = {
  /** The most items that are tried together. */
  size: number
  timing: Timing
  /** Tries items once. Returns one outcome for each, in their order, and never rejects. */
  attempt: (items: Item[]) => Promise<Outcome[]>
  /** Is called with the last outcome of an item, and the number of tries. */
  settle: (item: Item, outcome: Outcome, attempts: number) => void
  /** Is called with each item that will be tried again. */
  onRetry?: (retry: Retry<Item, Outcome>) => void
}

/** Collects items into batches, tries the batches, and tries again what may succeed later. */
export type Queue<Item, Outcome> = {
  add: (item: Item) => void
  /** Returns how many items wait for a try. Those that wait for their back-off to end are not among them. */
  backlog: () => number
  /** Returns how many items are not settled. */
  unsettled: () => number
  /** Returns the items that were tried and will be tried again, with their latest outcome. */
  retries: () => Retry<Item, Outcome>[]
  /** Stops waiting for batches to fill. Resolves when no item is left, those that are tried again included. */
  drain: () => Promise<void>
  /** Drops every item that is not settled. Resolves when no try is under way. */
  stop: () => Promise<void>
}

/** An item that failed and will be tried again. */
export type Retry<Item, Outcome> = {
  item: Item
  outcome: Outcome
  attempts: number
  /** In epoch milliseconds. In the past while the item waits for a batch or is being tried. */
  nextTryAt: number
}

type Waiting<Item, Outcome> = { item: Item; attempts: number; retry?: Retry<Item, Outcome> }

/** Segment goes on for about four hours. On one machine somebody is waiting for the result. */
export const MAX_ATTEMPTS = 5

/** So that one slow answer does not hold up everything behind it. */
const MAX_AT_ONCE = 4

/** Tells whether Segment delivers an event again after this HTTP status. */
export function isRetried(status: number): boolean {
  return [408, 423, 429].includes(status) || (status >= 500 && status !== 501)
}

/**
 * Creates an empty queue. A batch is tried when it is full or when its first item has waited long enough, and up to four
 * batches are tried at once. Items that are tried again wait first (exponential back-off with full jitter) and then join
 * the next batch, so an item must not depend on the others of its batch.
 */
export function createQueue<Item, Outcome extends { status: number }>({
  size,
  timing,
  attempt,
  settle,
  onRetry = () => undefined
}: QueueOptions<Item, Outcome>): Queue<Item, Outcome> {
  let waiting: Waiting<Item, Outcome>[] = []
  let unsettled = 0
  let stopped = false
  let isDue = false
  let batchTimer: NodeJS.Timeout | undefined
  const underWay = new Set<Promise<void>>()
  const drained: (() => void)[] = []
  const backOffTimers = new Set<NodeJS.Timeout>()
  const retries = new Set<Retry<Item, Outcome>>()

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
    const task = tryBatch(waiting.splice(0, size)).then(() => {
      underWay.delete(task)
      proceed()
    })
    underWay.add(task)
  }

  async function tryBatch(batch: Waiting<Item, Outcome>[]): Promise<void> {
    const outcomes = await attempt(batch.map(({ item }) => item))
    if (stopped) return
    const again: Retry<Item, Outcome>[] = []
    batch.forEach(({ item, attempts: before, retry }, index) => {
      if (retry) retries.delete(retry)
      const attempts = before + 1
      const outcome = outcomes[index]
      if (isRetried(outcome.status) && attempts < MAX_ATTEMPTS) {
        again.push({ item, outcome, attempts, nextTryAt: 0 })
      } else {
        unsettled -= 1
        settle(item, outcome, attempts)
      }
    })
    if (again.length > 0) backOff(again)
  }

  function backOff(batch: Retry<Item, Outcome>[]): void {
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
