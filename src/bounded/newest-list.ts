/** A list that keeps its newest items and counts those that it dropped. */
export type NewestList<Item> = {
  add: (item: Item) => void
  /** Returns the items that are kept, oldest first. The array is the caller's own. */
  items: () => Item[]
  /** Returns how many items were dropped since the list was last empty. */
  dropped: () => number
  clear: () => void
}

/**
 * Creates an empty list. Adding takes the same time however many items there are.
 *
 * @param keep how many items are kept, at least 1
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
    clear() {
      ring = []
      added = 0
    }
  }
}
