import { hashId, InputError } from '../../core'

/** The persons of an archive. Each is a number of ids that came together. */
export type Persons = ReturnType<typeof createPersons>

/** Persons whose ids are known. */
export type JoinedPersons = ReturnType<Persons['join']>

/** An id that comes with more other ids than this is a constant such as `guest`. A key that more persons share, too. */
export const MAX_SHARED = 1_000

/** Each takes about 45 bytes in all. */
const MAX_IDS = 100_000_000

/** Stands for no second id. Rows of ids start at 0, so they are stored with 1 added. */
const NONE = 0

/** @param maxIds how many ids, and pairs of ids, are taken */
export function createPersons(maxIds = MAX_IDS) {
  const onFull = (): never => {
    throw new InputError(
      `The archive has more than ${maxIds.toLocaleString('en')} ids of persons, which is the most that can be split at once. Split it by time, with --from and --to, and run preflight on each of these splits.`
    )
  }
  const ids = createPairTable(maxIds, onFull)
  /** The ids of an event: rows of the first two, each with 1 added. */
  const identities = createPairTable(maxIds, onFull)

  function rowOf(id: string): number {
    const { high, low } = hashId(id)
    return ids.put(high, low)
  }

  /**
   * Notes the ids of one event.
   *
   * @param ids at least one
   * @returns a number that stands for them
   * @throws InputError if there are too many ids
   */
  function identify([first, ...others]: readonly string[]): number {
    const row = rowOf(first)
    let identity: number | undefined
    for (const other of others) {
      const otherRow = rowOf(other)
      if (otherRow === row) continue
      const number = identities.put(row + 1, otherRow + 1)
      identity ??= number
    }
    return identity ?? identities.put(row + 1, NONE)
  }

  /** Ends the noting, and joins the ids that came together into persons. */
  function join() {
    const hubs = findHubs(ids, identities)
    const sets = createSets(ids.size())
    for (let identity = 0; identity < identities.size(); identity += 1) {
      const [one, other] = [identities.first(identity), identities.second(identity)]
      if (other !== NONE && !hubs.has(one - 1) && !hubs.has(other - 1)) sets.join(one - 1, other - 1)
    }
    return {
      /** Returns a number of the person of some ids. It changes when persons are joined. */
      personOf(identity: number): number {
        const [one, other] = [identities.first(identity), identities.second(identity)]
        // An event with the constant of a guest and an id of its own belongs to that id.
        return sets.find((other !== NONE && hubs.has(one - 1) ? other : one) - 1)
      },
      /** Joins two persons. Does nothing if one of them is a hub. */
      join(one: number, other: number): void {
        if (!hubs.has(one) && !hubs.has(other)) sets.join(one, other)
      },
      /** How many hubs there are among the ids: those that so many share that they say nothing. */
      hubs: hubs.size
    }
  }

  return { identify, join, /** How many numbers `identify` has returned, from 0 on. */ size: identities.size }
}

/** Finds the ids that come with more other ids than a person has. */
function findHubs(ids: PairTable, identities: PairTable): Set<number> {
  const partners = new Uint16Array(ids.size())
  const hubs = new Set<number>()
  const count = (row: number): void => {
    if (partners[row] <= MAX_SHARED) partners[row] += 1
    if (partners[row] > MAX_SHARED) hubs.add(row)
  }
  for (let identity = 0; identity < identities.size(); identity += 1) {
    if (identities.second(identity) === NONE) continue
    count(identities.first(identity) - 1)
    count(identities.second(identity) - 1)
  }
  return hubs
}

/** Creates sets with one number each, from 0 to `size - 1`. The smallest number of a set stands for it. */
function createSets(size: number) {
  const parents = new Uint32Array(size)
  for (let number = 0; number < size; number += 1) parents[number] = number

  function find(number: number): number {
    let at = number
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]]
      at = parents[at]
    }
    return at
  }

  return {
    find,
    join(one: number, other: number): void {
      const [first, second] = [find(one), find(other)]
      parents[Math.max(first, second)] = Math.min(first, second)
    }
  }
}

type PairTable = ReturnType<typeof createPairTable>

const FIRST_ROWS = 1024

/**
 * Creates an empty table, which numbers pairs of integers from 0 to 2^32 - 1. It forgets none, and takes about 16 bytes for
 * each.
 *
 * @param maxRows how many pairs it takes
 * @param onFull throws what to say if there are more
 */
export function createPairTable(maxRows: number, onFull: () => never) {
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
    /** Returns the row of a pair, from 0 on. Adds the pair if it is missing. @throws whatever `onFull` throws */
    put(one: number, other: number): number {
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
    first: (row: number) => pairs[2 * row],
    second: (row: number) => pairs[2 * row + 1],
    size: () => size
  }
}

function mix(one: number, other: number): number {
  let mixed = Math.imul(one, 0x9e3779b1) ^ Math.imul(other, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
