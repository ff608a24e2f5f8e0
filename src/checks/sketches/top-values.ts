import type { Sketch } from './sketch'

/** A value that is counted. */
export type TopValue<Each> = {
  value: string
  /** Never below the true count. */
  count: number
  /** How much of the count may be that of other values. */
  error: number
  /** The sketch of the events of the value. */
  sketch: Each
}

/** The most frequent values of a stream, each with a sketch of its events. */
export type TopValues<Each extends Sketch> = ReturnType<typeof createTopValues<Each>>

/** The value, its count, its error, and its sketch. */
type SavedValue = [value: string, count: number, error: number, sketch: unknown]

/**
 * Creates an empty list of the most frequent values: the Space-Saving sketch (Metwally, Agrawal and El Abbadi 2005), which
 * merges as in "Mergeable Summaries" (Agarwal and others 2012).
 *
 * A value that is more than one of `size` events is never missed. If there are more values than `size`, the rarest one
 * makes room for the new one, and the sketch of the new one lacks its earlier events.
 *
 * @param size how many values are kept. The memory is `size` sketches
 */
export function createTopValues<Each extends Sketch>(size: number, createSketch: () => Each) {
  let kept = new Map<string, TopValue<Each>>()
  /** No value has a smaller count. */
  let floor = 0

  /** Returns the count of the value that is dropped. */
  function dropRarest(): number {
    let rarest: TopValue<Each> | undefined
    for (const each of kept.values()) {
      if (!rarest || each.count < rarest.count) rarest = each
      if (rarest.count <= floor) break
    }
    if (!rarest) return 0
    floor = rarest.count
    kept.delete(rarest.value)
    return rarest.count
  }

  function start(value: string, error: number): TopValue<Each> {
    const started = { value, count: error, error, sketch: createSketch() }
    kept.set(value, started)
    return started
  }

  /** Returns the values and their sketches, the most frequent first. */
  const list = (): TopValue<Each>[] => [...kept.values()].sort(byCount)

  return {
    /** Counts an event of a value. Returns the sketch of the value, to add the event to. */
    add(value: string): Each {
      const each = kept.get(value) ?? start(value, kept.size < size ? 0 : dropRarest())
      each.count += 1
      return each.sketch
    },
    /** Returns the sketch of a value that is counted. Counts nothing. */
    find: (value: string): Each | undefined => kept.get(value)?.sketch,
    list,
    save: () => list().map(({ value, count, error, sketch }): SavedValue => [value, count, error, sketch.save()]),
    merge: (saved: unknown): void => {
      const others = saved as SavedValue[]
      // A value that a full list lacks may have had the count of its rarest one.
      const ownRarest = rarestCount(
        [...kept.values()].map(({ count }) => count),
        size
      )
      const otherRarest = rarestCount(
        others.map(([, count]) => count),
        size
      )
      for (const each of kept.values()) raise(each, otherRarest, otherRarest)
      for (const [value, count, error, sketch] of others) {
        const known = kept.get(value)
        const each = known ?? start(value, ownRarest)
        raise(each, known ? count - otherRarest : count, known ? error - otherRarest : error)
        each.sketch.merge(sketch)
      }
      kept = new Map(
        list()
          .slice(0, size)
          .map((each) => [each.value, each])
      )
      floor = 0
    }
  }
}

/** Returns the smallest count of a full list, and 0 for one that is not full. */
function rarestCount(counts: readonly number[], size: number): number {
  return counts.length < size ? 0 : Math.min(...counts)
}

function raise(each: { count: number; error: number }, count: number, error: number): void {
  each.count += count
  each.error += error
}

function byCount(one: TopValue<unknown>, other: TopValue<unknown>): number {
  return other.count - one.count || (one.value < other.value ? -1 : 1)
}
