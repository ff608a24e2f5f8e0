/** How long things wait. */
export type Timing = {
  /** How long an event waits for others to fill its batch, in milliseconds. */
  batchWait: number
  /** The longest wait before the second try, in milliseconds. It doubles with each further try. */
  backOff: number
  /** A number from 0 up to 1, as `Math.random` gives. */
  random: () => number
}

/** What happens to the items of a queue. */
export type QueueOptions<Item, Outcome extends { status: number }> = {
  /** The most items that are tried together. */
  size: number
  timing: Timing
  /** Tries items once. Gives one outcome for each, in their order, and never rejects. */
  attempt: (items: Item[]) => Promise<Outcome[]>
  /** Is told what became of an item in the end, and on which try. */
  settle: (item: Item, outcome: Outcome, attempts: number) => void
}

/** Collects items into batches, tries the batches one after another, and tries again what may succeed later. */
export type Queue<Item> = {
  add: (item: Item) => void
  /** Stops waiting for batches to fill, and resolves when no item is left, those that are tried again included. */
  drain: () => Promise<void>
  /** Drops every item that is not settled; none is tried or settled any more. Resolves when no try is under way. */
  stop: () => Promise<void>
}

type Tried<Item> = { item: Item; attempts: number }

/** Segment goes on for about four hours; on one machine somebody is waiting for the result. */
const MAX_ATTEMPTS = 5

/** @returns whether Segment delivers an event again after this HTTP status */
function isRetried(status: number): boolean {
  return [408, 423, 429].includes(status) || (status >= 500 && status !== 501)
}

/**
 * Makes an empty queue. A batch is tried when it is full or when its first item has waited long enough. What has to be
 * tried again waits first (exponential back-off with full jitter) and then joins whatever the next batch is, so no item
 * may depend on the company it travels in.
 */
export function createQueue<Item, Outcome extends { status: number }>({
  size,
  timing,
  attempt,
  settle
}: QueueOptions<Item, Outcome>): Queue<Item> {
  let waiting: Tried<Item>[] = []
  let unsettled = 0
  let stopped = false
  let batchTimer: NodeJS.Timeout | undefined
  let underWay: Promise<void> | undefined
  const drained: (() => void)[] = []
  const backOffTimers = new Set<NodeJS.Timeout>()

  /** The one place that decides what happens next; called whenever anything has changed. */
  function proceed(): void {
    if (underWay) return
    if (unsettled === 0) {
      for (const resolve of drained.splice(0)) resolve()
    } else if (waiting.length >= size || (waiting.length > 0 && drained.length > 0)) {
      flush()
    } else if (waiting.length > 0) {
      batchTimer ??= setTimeout(flush, timing.batchWait)
    }
  }

  function flush(): void {
    clearTimeout(batchTimer)
    batchTimer = undefined
    underWay = tryBatch(waiting.splice(0, size)).then(() => {
      underWay = undefined
      proceed()
    })
  }

  async function tryBatch(batch: Tried<Item>[]): Promise<void> {
    const outcomes = await attempt(batch.map(({ item }) => item))
    if (stopped) return
    const again: Tried<Item>[] = []
    batch.forEach(({ item, attempts: before }, index) => {
      const attempts = before + 1
      const outcome = outcomes[index]
      if (isRetried(outcome.status) && attempts < MAX_ATTEMPTS) {
        again.push({ item, attempts })
      } else {
        unsettled -= 1
        settle(item, outcome, attempts)
      }
    })
    if (again.length > 0) backOff(again)
  }

  function backOff(items: Tried<Item>[]): void {
    const attempts = Math.max(...items.map((item) => item.attempts))
    const timer = setTimeout(
      () => {
        backOffTimers.delete(timer)
        waiting.push(...items)
        proceed()
      },
      timing.random() * timing.backOff * 2 ** (attempts - 1)
    )
    backOffTimers.add(timer)
  }

  return {
    add(item) {
      unsettled += 1
      waiting.push({ item, attempts: 0 })
      proceed()
    },
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
      waiting = []
      unsettled = 0
      await underWay
      proceed()
    }
  }
}
