/** A key that is counted. */
export type Counted<Value> = {
  key: string
  /** Never below the true count. */
  count: number
  /** How much of the count may be that of other keys. */
  error: number
  value: Value
}

/** The most frequent of many keys, in bounded memory. */
export type FrequentKeys<Value> = {
  /** Counts a key once. Returns its value, which can be changed. */
  add: (key: string) => Value
  /** Returns the value of a key that is counted. Counts nothing. */
  find: (key: string) => Value | undefined
  /** Returns the keys, the most frequent first. */
  list: () => Counted<Value>[]
  /** Adds keys that were counted elsewhere. */
  merge: (others: readonly Counted<Value>[]) => void
}

/**
 * Creates an empty count. It keeps the most frequent keys by Space-Saving (Metwally, Agrawal and El Abbadi, 2005): a new
 * key takes the place of the least frequent one, and its count.
 *
 * @param size how many keys are kept
 * @param create makes the value of a new key
 * @param join adds the second value to the first one
 */
export function createFrequentKeys<Value>(
  size: number,
  create: () => Value,
  join: (one: Value, other: Value) => void
): FrequentKeys<Value> {
  let kept = new Map<string, Counted<Value>>()
  /** No key has a smaller count. */
  let floor = 0

  function dropLeast(): number {
    let least: Counted<Value> | undefined
    for (const each of kept.values()) {
      if (!least || each.count < least.count) least = each
      if (least.count <= floor) break
    }
    if (!least) return 0
    floor = least.count
    kept.delete(least.key)
    return least.count
  }

  return {
    add(key) {
      let entry = kept.get(key)
      if (!entry) {
        const error = kept.size >= size ? dropLeast() : 0
        entry = { key, count: error, error, value: create() }
        kept.set(key, entry)
      }
      entry.count += 1
      return entry.value
    },
    find: (key) => kept.get(key)?.value,
    list: () => [...kept.values()].sort(byCount),
    merge(others) {
      for (const { key, count, error, value } of others) {
        const entry = kept.get(key) ?? { key, count: 0, error: 0, value: create() }
        entry.count += count
        entry.error += error
        join(entry.value, value)
        kept.set(key, entry)
      }
      const most = [...kept.values()].sort(byCount).slice(0, size)
      kept = new Map(most.map((entry) => [entry.key, entry]))
      floor = 0
    }
  }
}

function byCount(one: Counted<unknown>, other: Counted<unknown>): number {
  return other.count - one.count || (one.key < other.key ? -1 : 1)
}
