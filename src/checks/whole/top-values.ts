import type { Sketch } from './sketch'

/** The most frequent values of a stream, each with a sketch of its events. */
export type TopValues<Each extends Sketch> = Sketch & {
  /** Counts an event of a value. Returns the sketch of the value, to add the event to. */
  add: (value: string) => Each
  /** Returns the values and their sketches, the most frequent first. */
  list: () => { value: string; sketch: Each }[]
}

type Counter<Each> = { count: number; sketch: Each }

/** The value, its count, and its sketch. */
type SavedCounter = [string, number, unknown]

/**
 * Creates an empty list of the most frequent values: the Space-Saving sketch (Metwally, Agrawal and El Abbadi 2005), which
 * merges as in "Mergeable Summaries" (Agarwal and others 2012).
 *
 * A value that is more than one of `size` events is never missed. If there are more values than `size`, the rarest one
 * makes room for the new one, and the sketch of the new one lacks its earlier events.
 *
 * @param size how many values are kept. The memory is `size` sketches
 */
export function createTopValues<Each extends Sketch>(size: number, createSketch: () => Each): TopValues<Each> {
  const counters = new Map<string, Counter<Each>>()

  function find(value: string): Counter<Each> {
    const known = counters.get(value)
    if (known) return known
    const added = { count: counters.size < size ? 0 : dropRarest(), sketch: createSketch() }
    counters.set(value, added)
    return added
  }

  /** Returns the count of the value that is dropped. */
  function dropRarest(): number {
    let rarest: [string, number] | undefined
    for (const [value, { count }] of counters) if (!rarest || count < rarest[1]) rarest = [value, count]
    if (rarest) counters.delete(rarest[0])
    return rarest?.[1] ?? 0
  }

  function list(): { value: string; sketch: Each }[] {
    return [...counters]
      .sort(([one, { count }], [other, { count: otherCount }]) => otherCount - count || (one < other ? -1 : 1))
      .map(([value, { sketch }]) => ({ value, sketch }))
  }

  return {
    add(value) {
      const counter = find(value)
      counter.count += 1
      return counter.sketch
    },
    list,
    save: () => [...counters].map(([value, { count, sketch }]): SavedCounter => [value, count, sketch.save()]),
    merge(saved) {
      const byCount = [...(saved as SavedCounter[])].sort(([, one], [, other]) => other - one)
      for (const [value, count, sketch] of byCount) {
        const counter = find(value)
        counter.count += count
        counter.sketch.merge(sketch)
      }
    }
  }
}
