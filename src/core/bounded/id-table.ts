import { hashId } from './id-hash'

/** Maps ids to a few integers from 0 to 2^32 - 1, in a few bytes for each. It keeps the newest ids. */
export type IdTable = {
  /** Returns the row of an id, or -1 if the table does not have it. */
  find: (id: string) => number
  /**
   * Adds an id that is missing, with all values 0.
   *
   * @returns its row, a number from 1. No other id ever gets the same row
   */
  add: (id: string) => number
  /** Returns the row of an id. Adds the id, with all values 0, if it is missing. */
  put: (id: string) => number
  get: (row: number, index: number) => number
  set: (row: number, index: number, value: number) => void
  /** Returns how many ids are kept. */
  size: () => number
  /** Returns the oldest row that is kept. `get` and `set` take this row and later ones. */
  oldest: () => number
  /** Whether the next id drops the oldest ones. */
  isFull: () => boolean
  /** How many ids are dropped at once. */
  dropSize: number
  /** Drops the oldest ids, `dropSize` of them. The table must have more. */
  dropOldest: () => void
  /** Returns how many ids were dropped to make room. */
  dropped: () => number
  /** Returns everything, to hand it to another thread. */
  save: () => SavedIdTable
}

/** An `IdTable` as plain data. */
export type SavedIdTable = {
  chunks: Uint32Array[]
  /** The first row of the first chunk. */
  oldest: number
  /** The row that the next id gets. */
  next: number
}

/** Rows are kept in chunks, so that a growing table copies none of them. */
const CHUNK_ROWS = 2 ** 14

const FIRST_CAPACITY = 1024

/**
 * Creates an empty table. When it is full, it drops the oldest ids, a quarter of all at most. It always has at least the
 * newest half of `maxIds`.
 *
 * A row has the two halves of the hash, and then the values. An index finds it: a hash table with open addressing that
 * holds the numbers of the rows.
 *
 * @param width how many values each id has
 * @param maxIds how many ids are kept. Each takes `8 + 4 * width` bytes, and about 8 more for the index
 * @param saved what a table with the same arguments had saved
 */
export function createIdTable(width: number, maxIds: number, saved?: SavedIdTable): IdTable {
  const rowLength = width + 2
  const chunkRows = Math.min(CHUNK_ROWS, 2 ** Math.floor(Math.log2(Math.max(1, maxIds / 4))))
  const chunkBits = Math.log2(chunkRows)
  const chunks = saved?.chunks ?? []
  let oldest = saved?.oldest ?? chunkRows
  let next = saved?.next ?? oldest
  /** How many slots of the index are taken, also by rows that were dropped. */
  let taken = 0
  let index = createIndex()

  function createIndex(): Uint32Array {
    let capacity = FIRST_CAPACITY
    while (capacity < (next - oldest) * 2) capacity *= 2
    const slots = new Uint32Array(capacity)
    for (let row = oldest; row < next; row += 1) {
      let slot = lowOf(row) & (capacity - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (capacity - 1)
      slots[slot] = row
    }
    taken = next - oldest
    return slots
  }

  function chunkOf(row: number): Uint32Array {
    return chunks[(row >>> chunkBits) - (oldest >>> chunkBits)]
  }

  /** Returns the place of a row in its chunk. */
  function placeOf(row: number): number {
    return (row & (chunkRows - 1)) * rowLength
  }

  function lowOf(row: number): number {
    return chunkOf(row)[placeOf(row) + 1]
  }

  function isFull(): boolean {
    return placeOf(next) === 0 && next > oldest && next - oldest + chunkRows > maxIds
  }

  function dropOldest(): void {
    chunks.shift()
    oldest += chunkRows
  }

  function find(high: number, low: number): number {
    const mask = index.length - 1
    for (let slot = low & mask; index[slot] !== 0; slot = (slot + 1) & mask) {
      const row = index[slot]
      if (row < oldest) continue
      const chunk = chunkOf(row)
      const place = placeOf(row)
      if (chunk[place] === high && chunk[place + 1] === low) return row
    }
    return -1
  }

  function add(high: number, low: number): number {
    if (placeOf(next) === 0) {
      if (isFull()) dropOldest()
      chunks.push(new Uint32Array(chunkRows * rowLength))
    }
    if (taken * 4 > index.length * 3) index = createIndex()
    const row = next
    const chunk = chunkOf(row)
    const place = placeOf(row)
    chunk[place] = high
    chunk[place + 1] = low
    const mask = index.length - 1
    let slot = low & mask
    while (index[slot] !== 0) slot = (slot + 1) & mask
    index[slot] = row
    taken += 1
    next += 1
    return row
  }

  return {
    find(id) {
      const { high, low } = hashId(id)
      return find(high, low)
    },
    add(id) {
      const { high, low } = hashId(id)
      return add(high, low)
    },
    put(id) {
      const { high, low } = hashId(id)
      const known = find(high, low)
      return known === -1 ? add(high, low) : known
    },
    get: (row, at) => chunkOf(row)[placeOf(row) + 2 + at],
    set(row, at, value) {
      chunkOf(row)[placeOf(row) + 2 + at] = value
    },
    size: () => next - oldest,
    oldest: () => oldest,
    isFull,
    dropSize: chunkRows,
    dropOldest,
    dropped: () => oldest - chunkRows,
    save: () => ({ chunks, oldest, next })
  }
}
