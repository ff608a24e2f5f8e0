import type { Sketch } from './sketch'

/** Sketches by their names. */
export type Named<Each extends Sketch> = Sketch & {
  /** Returns the sketch of a name. Starts it if it is new. Undefined if there are too many names. */
  find: (name: string) => Each | undefined
  /** Returns the names and their sketches, in the order in which they were started. */
  list: () => [name: string, sketch: Each][]
}

/** Creates an empty list of at most `limit` sketches. */
export function createNamed<Each extends Sketch>(limit: number, createSketch: () => Each): Named<Each> {
  const sketches = new Map<string, Each>()

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
    list: () => [...sketches],
    save() {
      const sorted = [...sketches].sort(([one], [other]) => (one < other ? -1 : 1))
      return Object.fromEntries(sorted.map(([name, sketch]) => [name, sketch.save()]))
    },
    merge(saved) {
      for (const [name, sketch] of Object.entries(saved as Record<string, unknown>)) find(name)?.merge(sketch)
    }
  }
}
