/**
 * Creates batches without items. A batch is due when it is full, or when its first item has waited long enough.
 *
 * @param size the most items of a batch
 * @param wait how long the first item of a batch waits for others, in milliseconds
 * @param onDue is called when the wait is over
 */
export function createBatches<Item>(size: number, wait: number, onDue: () => void) {
  let items: Item[] = []
  let timer: NodeJS.Timeout | undefined
  let isOver = false

  function endWait(): void {
    clearTimeout(timer)
    timer = undefined
    isOver = false
  }

  return {
    add: (item: Item) => void items.push(item),
    /** Returns how many items wait. */
    count: () => items.length,
    /** Returns whether there is a batch that is due. @param isUrgent makes any batch due that has an item */
    isDue: (isUrgent: boolean) => items.length >= size || (items.length > 0 && (isOver || isUrgent)),
    /** Starts the wait for further items, unless it has started or no item waits. */
    startWait(): void {
      if (items.length === 0 || isOver) return
      timer ??= setTimeout(() => {
        isOver = true
        onDue()
      }, wait)
    },
    /** Removes a batch and returns it. The next items wait anew. */
    take(): Item[] {
      endWait()
      return items.splice(0, size)
    },
    /** Removes all items, and ends the wait. */
    clear(): void {
      endWait()
      items = []
    }
  }
}
