/** A list that keeps its newest items and counts the dropped ones. */
export type NewestList<Item> = {
  add: (item: Item) => void
  /** Returns a new array of the items, oldest first. */
  items: () => Item[]
  /** Returns how many items were dropped since the list was created or cleared. */
  dropped: () => number
  /** Returns how many items were added since then. */
  added: () => number
  clear: () => void
}

/**
 * Creates an empty list. `add` takes the same time for any number of items.
 *
 * @param keep how many items to keep, at least 1
 *
 * @example
 * const list = createNewestList<string>(2)
 * for (const item of ['a', 'b', 'c']) list.add(item)
 * list.items() // ['b', 'c']
 */
export function createNewestList<Item>(keep: number): NewestList<Item> {
  let ring: Item[] = []
  let added = 0
  return {
    add(item) {
      ring[added % keep] = item
      added += 1
    },
    items() {
      if (added <= keep) return [...ring]
      const oldest = added % keep
      return [...ring.slice(oldest), ...ring.slice(0, oldest)]
    },
    dropped: () => added - ring.length,
    added: () => added,
    clear() {
      ring = []
      added = 0
    }
  }
}
