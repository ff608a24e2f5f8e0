import type { Sketch } from './sketch'

/** How often each key came. */
export type Counts<Key extends string = string> = ReturnType<typeof createCounts<Key>>

/**
 * Creates counts of no keys.
 *
 * @param limit more keys are not counted
 */
export function createCounts<Key extends string = string>(limit = Infinity) {
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
    save: (): unknown => Object.fromEntries(list()),
    merge: (saved: unknown): void => {
      for (const [key, count] of Object.entries(saved as Record<string, number>)) add(key as Key, count)
    }
  }
}

/** Sketches by their names. */
export type Named<Each extends Sketch> = ReturnType<typeof createNamed<Each>>

/** Creates an empty list of at most `limit` sketches. */
export function createNamed<Each extends Sketch>(limit: number, createSketch: () => Each) {
  const sketches = new Map<string, Each>()

  /** Returns the sketch of a name. Starts it if it is new. Undefined if there are too many names. */
  function find(name: string): Each | undefined {
    let sketch = sketches.get(name)
    if (!sketch && sketches.size < limit) {
      sketch = createSketch()
      sketches.set(name, sketch)
    }
    return sketch
  }

  return {
    find,
    /** Returns the names and their sketches, in the order in which they were started. */
    list: (): [name: string, sketch: Each][] => [...sketches],
    save: () => {
      const sorted = [...sketches].sort(([one], [other]) => (one < other ? -1 : 1))
      return Object.fromEntries(sorted.map(([name, sketch]) => [name, sketch.save()]))
    },
    merge: (saved: unknown): void => {
      for (const [name, sketch] of Object.entries(saved as Record<string, unknown>)) find(name)?.merge(sketch)
    }
  }
}

type DayCount = [day: number, all: number, ofKind: number]

/** Creates the shares of no days. @param maxDays further days are not counted */
export function createDayShares(maxDays: number) {
  const days = new Map<number, DayCount>()

  function addUp(day: number, all: number, ofKind: number): void {
    const known = days.get(day)
    if (known) {
      known[1] += all
      known[2] += ofKind
    } else if (days.size < maxDays) days.set(day, [day, all, ofKind])
  }

  /** Returns the counts of each day, the oldest first. */
  const list = (): DayCount[] => [...days.values()].sort(([one], [other]) => one - other)

  return {
    add(day: number, isOfKind: boolean): void {
      addUp(day, 1, isOfKind ? 1 : 0)
    },
    list,
    save: list,
    merge: (saved: unknown): void => {
      for (const day of saved as DayCount[]) addUp(...day)
    }
  }
}
