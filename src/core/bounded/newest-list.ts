/**
 * Creates an empty list, which keeps its newest items and counts the dropped ones. `add` takes the same time for any number of items.
 *
 * @param keep how many items to keep, at least 1
 *
 * @example
 * const list = createNewestList<string>(2)
 * for (const item of ['a', 'b', 'c']) list.add(item)
 * list.items() // ['b', 'c']
 */
export function createNewestList<Item>(keep: number) {
  let ring: Item[] = []
  let added = 0
  return {
    add: (item: Item): void => {
      ring[added % keep] = item
      added += 1
    },
    /** Returns a new array of the items, oldest first. */
    items: (): Item[] => {
      if (added <= keep) return [...ring]
      const oldest = added % keep
      return [...ring.slice(oldest), ...ring.slice(0, oldest)]
    },
    /** Returns how many items were dropped since the list was created or cleared. */
    dropped: () => added - ring.length,
    /** Returns how many items were added since then. */
    added: () => added,
    clear: (): void => {
      ring = []
      added = 0
    }
  }
}
