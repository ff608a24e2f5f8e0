/** A summary of many events in little memory. The summaries of the parts of an archive merge into that of all of it. */
export type Sketch = {
  /** Returns the summary as plain JSON. */
  save: () => unknown
  /** Adds a summary that another sketch of the same kind has saved. */
  merge: (saved: unknown) => void
}

/** Makes one sketch of several, each of which is saved under its name. */
export function joinSketches<Parts extends Record<string, Sketch>>(parts: Parts): Parts & Sketch {
  return {
    ...parts,
    save: () => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.save()])),
    merge(saved) {
      for (const [name, part] of Object.entries(parts)) part.merge((saved as Record<string, unknown>)[name])
    }
  }
}

/** A plain value that merges, such as a few counts. */
export type KeptValue<Value> = Sketch & {
  /** Its properties can be changed. */
  readonly value: Value
}

/** How properties of two values become one. */
type Joins<Value> = { readonly [Key in keyof Value]?: (one: Value[Key], other: Value[Key]) => Value[Key] }

/**
 * Makes a sketch of a plain value.
 *
 * @param value of JSON
 * @param joins default: numbers are added up, and of other values, the first one that is not empty stays
 *
 * @example
 * keepValue({ count: 0, largest: 0 }, { largest: Math.max })
 */
export function keepValue<Value extends object>(value: Value, joins: Joins<Value> = {}): KeptValue<Value> {
  return {
    value,
    save: () => value,
    merge(saved) {
      for (const key in value) {
        const [one, other] = [value[key], (saved as Value)[key]]
        value[key] = joins[key]?.(one, other) ?? (joinPlain(one, other) as typeof one)
      }
    }
  }
}

function joinPlain(one: unknown, other: unknown): unknown {
  return typeof one === 'number' ? one + Number(other) : one || other
}

/** Creates a count of events, with the times of the first and the last one in milliseconds since 1970. */
export function createPeriod() {
  const value = { count: 0, first: Infinity, last: -Infinity }
  const period = keepValue(value, {
    // JSON has no infinity, so a time that is missing is null in it.
    first: (one: number, other: number | null) => Math.min(one, other ?? Infinity),
    last: (one: number, other: number | null) => Math.max(one, other ?? -Infinity)
  })
  return {
    ...period,
    add(time: number): void {
      value.count += 1
      value.first = Math.min(value.first, time)
      value.last = Math.max(value.last, time)
    }
  }
}
