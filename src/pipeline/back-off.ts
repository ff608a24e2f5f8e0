/** An item whose latest attempt has ended. */
export type Ended<Item, Result> = {
  item: Item
  /** The result of the latest attempt. */
  result: Result
  attempts: number
}

/** An item that failed and will be attempted again. */
export type Retry<Item, Result> = Ended<Item, Result> & {
  /** In epoch milliseconds. In the past while the item waits for a batch or is under way. */
  nextTryAt: number
}

type BackOffOptions<Item, Result> = {
  /** The longest wait before the second attempt, in milliseconds. It doubles with each further attempt. */
  backOff: number
  /** Returns a number from 0 up to 1, as `Math.random` does. */
  random: () => number
  /** Is called with each item when its wait starts. */
  onStart: (retry: Retry<Item, Result>) => void
  /** Is called with the items of a batch when their wait has ended. */
  onEnd: (retries: Retry<Item, Result>[]) => void
}

/**
 * Creates an exponential back-off with full jitter, in which no item waits. It keeps items that failed until they are
 * settled, and makes them wait before each further attempt.
 */
export function createBackOff<Item, Result>({ backOff, random, onStart, onEnd }: BackOffOptions<Item, Result>) {
  const retries = new Set<Retry<Item, Result>>()
  const timers = new Set<NodeJS.Timeout>()

  return {
    /** Makes the failed items of a batch wait, all for the same time. */
    start(failed: Ended<Item, Result>[]): void {
      const attempts = Math.max(...failed.map((each) => each.attempts))
      const wait = random() * backOff * 2 ** (attempts - 1)
      const nextTryAt = Date.now() + wait
      const batch = failed.map((each) => ({ ...each, nextTryAt }))
      for (const retry of batch) {
        retries.add(retry)
        onStart(retry)
      }
      const timer = setTimeout(() => {
        timers.delete(timer)
        onEnd(batch)
      }, wait)
      timers.add(timer)
    },
    /** Removes an item whose further attempt has ended. Does nothing for an item that did not wait here. */
    remove: (retry: object) => void retries.delete(retry as Retry<Item, Result>),
    /** Returns the items that were not removed, also those whose wait has ended. */
    retries: () => [...retries],
    /** Removes all items. No wait ends after this. */
    clear(): void {
      timers.forEach(clearTimeout)
      retries.clear()
    }
  }
}
