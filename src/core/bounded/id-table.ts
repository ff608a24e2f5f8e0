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
  /** Returns how many ids were dropped because newer ids came. */
  dropped: () => number
}

/** Rows are kept in chunks, so that a growing table copies none of them. */
const CHUNK_ROWS = 2 ** 14

const FIRST_CAPACITY = 1024

/**
 * Creates an empty table. When it is full, it drops the oldest ids, a quarter of all at most. It always has at least the
 * newest half of `maxIds`.
 *
 * @param width how many values each id has
 * @param maxIds how many ids are kept. Each takes `8 + 4 * width` bytes, and about 8 more for the index
 *
 * @example
 * const table = createIdTable(1, 1_000_000)
 * table.set(table.put('m1'), 0, 42)
 */
export function createIdTable(width: number, maxIds: number): IdTable {
  const rows = createRows(width, maxIds)
  const index = createIndex(rows)
  return {
    find(id) {
      const { high, low } = hashId(id)
      return index.find(high, low)
    },
    add(id) {
      const { high, low } = hashId(id)
      return index.add(high, low)
    },
    put(id) {
      const { high, low } = hashId(id)
      const known = index.find(high, low)
      return known === -1 ? index.add(high, low) : known
    },
    get: rows.get,
    set: rows.set,
    size: () => rows.next() - rows.oldest(),
    oldest: rows.oldest,
    isFull: rows.isFull,
    dropSize: rows.dropSize,
    dropOldest: rows.dropOldest,
    dropped: () => rows.oldest() - rows.dropSize
  }
}

type Rows = Pick<IdTable, 'get' | 'set' | 'oldest' | 'isFull' | 'dropSize' | 'dropOldest'> & {
  /** Returns the row that the next id gets. */
  next: () => number
  has: (row: number, high: number, low: number) => boolean
  lowOf: (row: number) => number
  /** Adds a row with all values 0, and returns its number. */
  append: (high: number, low: number) => number
}

/** Creates the rows of a table. A row has the two halves of the hash, and then the values. */
function createRows(width: number, maxIds: number): Rows {
  const rowLength = width + 2
  const chunkRows = Math.min(CHUNK_ROWS, 2 ** Math.floor(Math.log2(Math.max(1, maxIds / 4))))
  const chunkBits = Math.log2(chunkRows)
  const chunks: Uint32Array[] = []
  let oldest = chunkRows
  let next = oldest

  function chunkOf(row: number): Uint32Array {
    return chunks[(row >>> chunkBits) - (oldest >>> chunkBits)]
  }

  /** Returns the place of a row in its chunk. */
  function placeOf(row: number): number {
    return (row & (chunkRows - 1)) * rowLength
  }

  function isFull(): boolean {
    return placeOf(next) === 0 && next > oldest && next - oldest + chunkRows > maxIds
  }

  function dropOldest(): void {
    chunks.shift()
    oldest += chunkRows
  }

  return {
    get: (row, at) => chunkOf(row)[placeOf(row) + 2 + at],
    set(row, at, value) {
      chunkOf(row)[placeOf(row) + 2 + at] = value
    },
    oldest: () => oldest,
    next: () => next,
    has(row, high, low) {
      if (row < oldest) return false
      const chunk = chunkOf(row)
      const place = placeOf(row)
      return chunk[place] === high && chunk[place + 1] === low
    },
    lowOf: (row) => chunkOf(row)[placeOf(row) + 1],
    append(high, low) {
      if (placeOf(next) === 0) {
        if (isFull()) dropOldest()
        chunks.push(new Uint32Array(chunkRows * rowLength))
      }
      const chunk = chunkOf(next)
      const place = placeOf(next)
      chunk[place] = high
      chunk[place + 1] = low
      next += 1
      return next - 1
    },
    isFull,
    dropSize: chunkRows,
    dropOldest
  }
}

/** Creates the index of rows: a hash table with open addressing that holds their numbers. */
function createIndex({ has, append, lowOf, oldest, next }: Rows) {
  /** How many slots are taken, also by rows that were dropped. */
  let taken = 0
  let slots = createSlots()

  function createSlots(): Uint32Array {
    const count = next() - oldest()
    let capacity = FIRST_CAPACITY
    while (capacity < count * 2) capacity *= 2
    const empty = new Uint32Array(capacity)
    for (let row = oldest(); row < next(); row += 1) put(empty, row, lowOf(row))
    taken = count
    return empty
  }

  function put(into: Uint32Array, row: number, low: number): void {
    const mask = into.length - 1
    let slot = low & mask
    while (into[slot] !== 0) slot = (slot + 1) & mask
    into[slot] = row
  }

  return {
    find(high: number, low: number): number {
      const mask = slots.length - 1
      for (let slot = low & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
        if (has(slots[slot], high, low)) return slots[slot]
      }
      return -1
    },
    add(high: number, low: number): number {
      if (taken * 4 > slots.length * 3) slots = createSlots()
      const row = append(high, low)
      put(slots, row, low)
      taken += 1
      return row
    }
  }
}
