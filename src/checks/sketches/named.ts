import type { Sketch } from './sketch'

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
