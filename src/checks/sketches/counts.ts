/** How often each key came. */
export type Counts<Key extends string | number> = ReturnType<typeof createCounts<Key>>

/**
 * Creates counts of no keys.
 *
 * @param limit more keys are not counted
 */
export function createCounts<Key extends string | number = string>(limit = Infinity) {
  const counts = new Map<Key, number>()

  function add(key: Key, count = 1): void {
    const known = counts.get(key)
    if (known !== undefined || counts.size < limit) counts.set(key, (known ?? 0) + count)
  }

  /** Returns the keys and their counts, sorted by their keys. */
  const list = (): [key: Key, count: number][] => [...counts].sort(([one], [other]) => (one < other ? -1 : 1))

  return {
    add,
    get: (key: Key): number => counts.get(key) ?? 0,
    list,
    save: list,
    merge: (saved: unknown): void => {
      for (const [key, count] of saved as [Key, number][]) add(key, count)
    }
  }
}
