import { setImmediate as nextTurn } from 'node:timers/promises'

/** Splits long work, so that other work of the process gets its turns. */
export type Slices = ReturnType<typeof createSlices>

/** How long a slice takes. Milliseconds. */
const SLICE = 10

/**
 * Starts the first slice.
 *
 * @example
 * const slices = createSlices()
 * for (const item of items) {
 *   if (slices.areOver()) await slices.next()
 *   examine(item)
 * }
 */
export function createSlices() {
  let end = performance.now() + SLICE
  return {
    /** Returns whether it is time to let other work run. */
    areOver: (): boolean => performance.now() >= end,
    /** Lets other work run. Resolves when the next slice has started. */
    next: async (): Promise<void> => {
      await nextTurn()
      end = performance.now() + SLICE
    }
  }
}

/** Does something with each item, in slices. */
export async function forEachInSlices<Item>(
  items: Iterable<Item>,
  work: (item: Item) => void,
  slices = createSlices()
): Promise<void> {
  for (const item of items) {
    if (slices.areOver()) await slices.next()
    work(item)
  }
}
