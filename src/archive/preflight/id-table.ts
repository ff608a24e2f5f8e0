import { hashId } from './id-hash'

/** Maps ids to a few integers from 0 to 2^32 - 1, in a few bytes for each. It keeps the newest ids. */
export type IdTable = {
  /** Returns the place of an id's values in `get` and `set`, or -1. Valid until the next `add`. */
  find: (id: string) => number
  /** Adds an id that is missing, with all values 0. Returns its place. */
  add: (id: string) => number
  get: (place: number, index: number) => number
  set: (place: number, index: number, value: number) => void
  /** Returns how many ids were added since the newer half was begun. */
  newest: () => number
  /** Drops the older half, and begins a new one. Returns how many ids were dropped. */
  turn: () => number
  /** Returns how many ids were dropped to make room. */
  dropped: () => number
  /** Returns everything, to hand it to another thread. */
  save: () => SavedIdTable
}

/** An `IdTable` as plain data. */
export type SavedIdTable = { newer: Table; older: Table; dropped: number }

/** A hash table with open addressing. A row has the two halves of the hash, and then the values. */
type Table = { rows: Uint32Array; mask: number; size: number }

const FIRST_CAPACITY = 1024

/** The sign bit of a place tells the older table. */
const OLDER = 0x4000_0000

/**
 * Creates an empty table. It has two halves: when the newer one is full, the older one is dropped and the newer one takes
 * its place. So it always has at least the newest half of `maxIds`.
 *
 * @param width how many values each id has
 * @param saved what a table of the same width had saved
 * @param maxIds how many ids are kept. Each takes up to `16 + 8 * width` bytes
 */
export function createIdTable(width: number, maxIds: number, saved?: SavedIdTable): IdTable {
  const rowLength = width + 2
  const half = Math.ceil(maxIds / 2)
  let newer = saved?.newer ?? createTable(FIRST_CAPACITY)
  let older = saved?.older ?? createTable(1)
  let dropped = saved?.dropped ?? 0

  function createTable(capacity: number): Table {
    return { rows: new Uint32Array(capacity * rowLength), mask: capacity - 1, size: 0 }
  }

  /** Returns the row of a hash, or the first free one. A row of zeros is free. */
  function locate({ rows, mask }: Table, high: number, low: number): number {
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const at = slot * rowLength
      const rowHigh = rows[at]
      if (rowHigh === 0 || (rowHigh === high && rows[at + 1] === low)) return at
    }
  }

  function grow(): void {
    const bigger = createTable((newer.mask + 1) * 2)
    const { rows } = newer
    for (let at = 0; at < rows.length; at += rowLength) {
      if (rows[at] === 0) continue
      bigger.rows.set(rows.subarray(at, at + rowLength), locate(bigger, rows[at], rows[at + 1]))
    }
    bigger.size = newer.size
    newer = bigger
  }

  function turn(): number {
    const gone = older.size
    dropped += gone
    older = newer
    newer = createTable(FIRST_CAPACITY)
    return gone
  }

  function rowsOf(place: number): Uint32Array {
    return place >= OLDER ? older.rows : newer.rows
  }

  return {
    find(id) {
      const { high, low } = hashId(id)
      const key = high || 1
      const at = locate(newer, key, low)
      if (newer.rows[at] !== 0) return at
      if (older.size === 0) return -1
      const olderAt = locate(older, key, low)
      return older.rows[olderAt] === 0 ? -1 : olderAt + OLDER
    },
    add(id) {
      if (newer.size >= half) {
        turn()
      } else if (newer.size * 3 > (newer.mask + 1) * 2) {
        grow()
      }
      const { high, low } = hashId(id)
      const at = locate(newer, high || 1, low)
      newer.rows[at] = high || 1
      newer.rows[at + 1] = low
      newer.size += 1
      return at
    },
    get: (place, index) => rowsOf(place)[(place % OLDER) + 2 + index],
    set(place, index, value) {
      rowsOf(place)[(place % OLDER) + 2 + index] = value
    },
    newest: () => newer.size,
    turn,
    dropped: () => dropped,
    save: () => ({ newer, older, dropped })
  }
}
