import type { Sketch } from './sketch'

/** A plain value that merges, such as a few counts. */
export type KeptValue<Value> = Sketch & {
  /** Can be changed. */
  readonly value: Value
}

/**
 * Makes a sketch of a plain value.
 *
 * @param value of JSON, without infinity
 * @param join adds the second value to the first one
 */
export function keepValue<Value>(value: Value, join: (one: Value, other: Value) => void): KeptValue<Value> {
  return {
    value,
    save: () => value,
    merge(saved) {
      join(value, saved as Value)
    }
  }
}
