import { hashId } from './id-hash'

/** Maps ids to a few integers from 0 to 2^32 - 1, in a few bytes for each. It keeps the newest ids. */
export type IdTable = ReturnType<typeof createIdTable>

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
export function createIdTable(width: number, maxIds: number) {
  const rows = createRows(width, maxIds)
  const index = createIndex(rows)
  return {
    /** Returns the row of an id, or -1 if the table does not have it. */
    find: (id: string): number => {
      const { high, low } = hashId(id)
      return index.find(high, low)
    },
    /** Adds an id that is missing, with all values 0. Returns its row, a number from 1 that no other id ever gets. */
    add: (id: string): number => {
      const { high, low } = hashId(id)
      return index.add(high, low)
    },
    /** Returns the row of an id. Adds the id, with all values 0, if it is missing. */
    put: (id: string): number => {
      const { high, low } = hashId(id)
      const known = index.find(high, low)
      return known === -1 ? index.add(high, low) : known
    },
    get: rows.get,
    set: rows.set,
    /** Returns how many ids are kept. */
    size: () => rows.next() - rows.oldest(),
    /** Returns the oldest row that is kept. `get` and `set` take this row and later ones. */
    oldest: rows.oldest,
    /** Returns whether the next id drops the oldest ones. */
    isFull: rows.isFull,
    /** How many ids are dropped at once. */
    dropSize: rows.dropSize,
    /** Drops the oldest ids, `dropSize` of them. The table must have more. */
    dropOldest: rows.dropOldest,
    /** Returns how many ids were dropped because newer ids came. */
    dropped: () => rows.oldest() - rows.dropSize
  }
}

/** Creates the rows of a table. A row has the two halves of the hash, and then the values. */
function createRows(width: number, maxIds: number) {
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
    get: (row: number, at: number): number => chunkOf(row)[placeOf(row) + 2 + at],
    set: (row: number, at: number, value: number): void => {
      chunkOf(row)[placeOf(row) + 2 + at] = value
    },
    oldest: () => oldest,
    /** Returns the row that the next id gets. */
    next: () => next,
    has: (row: number, high: number, low: number): boolean => {
      if (row < oldest) return false
      const chunk = chunkOf(row)
      const place = placeOf(row)
      return chunk[place] === high && chunk[place + 1] === low
    },
    lowOf: (row: number): number => chunkOf(row)[placeOf(row) + 1],
    /** Adds a row with all values 0, and returns its number. */
    append: (high: number, low: number): number => {
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
function createIndex({ has, append, lowOf, oldest, next }: ReturnType<typeof createRows>) {
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
