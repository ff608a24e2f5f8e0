/** Numbers pairs of integers from 0 to 2^32 - 1. It forgets none, and takes about 16 bytes for each. */
export type PairTable = {
  /**
   * Returns the row of a pair, from 0 on. Adds the pair if it is missing.
   *
   * @throws whatever `onFull` throws
   */
  put: (one: number, other: number) => number
  first: (row: number) => number
  second: (row: number) => number
  size: () => number
}

const FIRST_ROWS = 1024

/**
 * Creates an empty table.
 *
 * @param maxRows how many pairs it takes
 * @param onFull throws what to say if there are more
 */
export function createPairTable(maxRows: number, onFull: () => never): PairTable {
  let pairs = new Uint32Array(2 * FIRST_ROWS)
  let slots = new Uint32Array(2 * FIRST_ROWS)
  let size = 0

  /** Returns the slot of a pair, or the empty one where it belongs. */
  function slotOf(one: number, other: number): number {
    const mask = slots.length - 1
    let slot = mix(one, other) & mask
    while (slots[slot] !== 0) {
      const row = slots[slot] - 1
      if (pairs[2 * row] === one && pairs[2 * row + 1] === other) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  function grow(): void {
    if (2 * size === pairs.length) {
      const larger = new Uint32Array(Math.min(2 * maxRows, pairs.length + (pairs.length >>> 2) * 2))
      larger.set(pairs)
      pairs = larger
    }
    if (size * 4 < slots.length * 3) return
    slots = new Uint32Array(slots.length * 2)
    for (let row = 0; row < size; row += 1) slots[slotOf(pairs[2 * row], pairs[2 * row + 1])] = row + 1
  }

  return {
    put(one, other) {
      let slot = slotOf(one, other)
      if (slots[slot] !== 0) return slots[slot] - 1
      if (size === maxRows) onFull()
      if (2 * size === pairs.length || size * 4 >= slots.length * 3) {
        grow()
        slot = slotOf(one, other)
      }
      pairs[2 * size] = one
      pairs[2 * size + 1] = other
      size += 1
      slots[slot] = size
      return size - 1
    },
    first: (row) => pairs[2 * row],
    second: (row) => pairs[2 * row + 1],
    size: () => size
  }
}

function mix(one: number, other: number): number {
  let mixed = Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
