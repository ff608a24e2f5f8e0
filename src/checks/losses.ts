import { createIdTable, type IdTable } from '../core'
import type { Group, Grouping, Kind } from './model'

/**
 * Knows which groups have lost facts that left the window, or that were too many. Judges that need all facts of a group
 * ask it. It may say that a group has lost facts when it has not, but never the opposite.
 */
export type Losses = ReturnType<typeof createLosses>

/** The losses of a key are a sum of these numbers. */
const FLAGS: Record<Kind, number> = { impression: 1, click: 2, purchase: 4, win: 8, link: 16, idUse: 32 }

/** Not even the other ids of the person are known any longer, so any of their facts may be missing. */
const LOST_IDS = 64

const ALL = 127

/**
 * Creates an empty memory. It has only the groupings whose judges need all facts of a group.
 *
 * @param maxKeys how many keys of each grouping are remembered, in about 20 bytes each. If there are more, any other key
 *   may have lost facts
 */
export function createLosses(maxKeys = 500_000) {
  const tables: { [Name in Grouping]?: IdTable } = {
    person: createIdTable(1, maxKeys),
    product: createIdTable(1, maxKeys),
    vendor: createIdTable(1, maxKeys)
  }

  return {
    /** Records that a group has lost a fact of this kind. */
    add({ grouping, keys, size }: Group, kind: Kind): void {
      const table = tables[grouping]
      if (!table) return
      const isGone = size === 0 && keys.length > 1
      const flags = readFlags(table, keys) | FLAGS[kind] | (isGone ? LOST_IDS : 0)
      for (const key of keys) table.set(table.put(key), 0, flags)
    },
    /** Returns whether the group may have lost a fact of one of these kinds. */
    mayHave({ grouping, keys }: Group, kinds: readonly Kind[]): boolean {
      const table = tables[grouping]
      const flags = table ? readFlags(table, keys) : ALL
      return (flags & LOST_IDS) !== 0 || kinds.some((kind) => (flags & FLAGS[kind]) !== 0)
    }
  }
}

/** Returns what any of these keys has lost. */
function readFlags(table: IdTable, keys: readonly string[]): number {
  let flags = 0
  for (const key of keys) {
    const row = table.find(key)
    if (row !== -1) flags |= table.get(row, 0)
    else if (table.dropped() > 0) flags |= ALL
  }
  return flags
}
