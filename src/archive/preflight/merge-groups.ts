import { addUp } from './counts'
import { byCount, keyOfGroup, MAX_SAMPLES } from './message-groups'
import type { MessageGroup, SamplePlace } from './report'

/** Merges the items that have the same key. */
export function mergeBy<Item extends object>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  merge: (one: Item, other: Item) => Item
): Item[] {
  const merged = new Map<string, Item>()
  for (const item of items) {
    const key = keyOf(item)
    const known = merged.get(key)
    merged.set(key, known === undefined ? item : merge(known, item))
  }
  return [...merged.values()]
}

/** Adds up the counts of two items, and joins their samples. The first ones stay, as in one run. */
export function mergeSampled<Item extends { samples: SamplePlace[] }>(one: Item, other: Item): Item {
  const samples = sortSamples([...one.samples, ...other.samples]).slice(0, MAX_SAMPLES)
  return { ...addUp(one, [other]), samples }
}

/** Merges groups with the same problem, most frequent first. */
export function mergeGroups(groups: readonly MessageGroup[]): MessageGroup[] {
  return mergeBy(groups, keyOfGroup, mergeSampled).sort(byCount)
}

/** Sorts samples as they came in one run. What could not be read has no time, and is sorted by its place. */
export function sortSamples<Sample extends { sortKey?: string; place?: string }>(samples: readonly Sample[]): Sample[] {
  const keyOf = ({ sortKey, place = '' }: Sample): string => sortKey ?? place
  return [...samples].sort((one, other) => compare(keyOf(one), keyOf(other)))
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
