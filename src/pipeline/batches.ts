/** Items that wait for their batch. A batch is due when it is full, or when its first item has waited long enough. */
export type Batches<Item> = {
  add: (item: Item) => void
  /** Returns how many items wait. */
  count: () => number
  /**
   * Returns whether there is a batch that is due.
   *
   * @param isUrgent makes any batch due that has an item
   */
  isDue: (isUrgent: boolean) => boolean
  /** Starts the wait for further items, unless it has started or no item waits. */
  startWait: () => void
  /** Removes a batch and returns it. The next items wait anew. */
  take: () => Item[]
  /** Removes all items, and ends the wait. */
  clear: () => void
}

/**
 * Creates batches without items.
 *
 * @param size the most items of a batch
 * @param wait how long the first item of a batch waits for others, in milliseconds
 * @param onDue is called when the wait is over
 */
export function createBatches<Item>(size: number, wait: number, onDue: () => void): Batches<Item> {
  let items: Item[] = []
  let timer: NodeJS.Timeout | undefined
  let isOver = false

  function endWait(): void {
    clearTimeout(timer)
    timer = undefined
    isOver = false
  }

  return {
    add: (item) => void items.push(item),
    count: () => items.length,
    isDue: (isUrgent) => items.length >= size || (items.length > 0 && (isOver || isUrgent)),
    startWait() {
      if (items.length === 0 || isOver) return
      timer ??= setTimeout(() => {
        isOver = true
        onDue()
      }, wait)
    },
    take() {
      endWait()
      return items.splice(0, size)
    },
    clear() {
      endWait()
      items = []
    }
  }
}
