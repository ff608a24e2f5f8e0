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

/** How each property of two values becomes one. */
type Joins<Value> = { readonly [Key in keyof Value]: (one: Value[Key], other: Value[Key]) => Value[Key] }

/**
 * Makes a sketch of a plain value.
 *
 * @param value of JSON. The properties that `earliest` and `latest` join may be infinite
 *
 * @example
 * keepValue({ count: 0, first: Infinity }, { count: add, first: earliest })
 */
export function keepValue<Value extends object>(value: Value, joins: Joins<Value>): KeptValue<Value> {
  return {
    value,
    save: () => value,
    merge(saved) {
      for (const key in joins) value[key] = joins[key](value[key], (saved as Value)[key])
    }
  }
}

export function add(one: number, other: number): number {
  return one + other
}

/** Returns the earlier time. JSON has no infinity, so a time that is missing is null in it. */
export function earliest(one: number, other: number | null): number {
  return Math.min(one, other ?? Infinity)
}

/** Returns the later time. JSON has no infinity, so a time that is missing is null in it. */
export function latest(one: number, other: number | null): number {
  return Math.max(one, other ?? -Infinity)
}

export function either(one: boolean, other: boolean): boolean {
  return one || other
}
