import { hashId, InputError } from '../../core'
import { createPairTable } from './pair-table'

/** The persons of an archive. Each is a number of ids that came together. */
export type Persons = {
  /**
   * Notes the ids of one event.
   *
   * @param ids at least one
   * @returns a number that stands for them
   * @throws InputError if there are too many ids
   */
  identify: (ids: readonly string[]) => number
  /** Ends the noting, and joins the ids that came together into persons. */
  join: () => JoinedPersons
}

/** Persons whose ids are known. */
export type JoinedPersons = {
  /** Returns a number of the person of some ids. It changes when persons are joined. */
  personOf: (identity: number) => number
  /** Joins two persons. Does nothing if one of them is a hub. */
  join: (one: number, other: number) => void
  /** Whether a person is an id that so many share that it says nothing. */
  isHub: (person: number) => boolean
  /** How many hubs there are among the ids. */
  hubs: number
}

/** An id that comes with more other ids than this is a constant such as `guest`. A key that more persons share, too. */
export const MAX_SHARED = 1_000

/** Each takes about 45 bytes in all. */
const MAX_IDS = 100_000_000

/** Stands for no second id. Rows of ids start at 0, so they are stored with 1 added. */
const NONE = 0

/** @param maxIds how many ids, and pairs of ids, are taken */
export function createPersons(maxIds = MAX_IDS): Persons {
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

  function join(): JoinedPersons {
    const hubs = findHubs()
    const sets = createSets(ids.size())
    for (let identity = 0; identity < identities.size(); identity += 1) {
      const [one, other] = [identities.first(identity), identities.second(identity)]
      if (other !== NONE && !hubs.has(one - 1) && !hubs.has(other - 1)) sets.join(one - 1, other - 1)
    }
    return {
      personOf(identity) {
        const [one, other] = [identities.first(identity), identities.second(identity)]
        // An event with the constant of a guest and an id of its own belongs to that id.
        return sets.find((other !== NONE && hubs.has(one - 1) ? other : one) - 1)
      },
      join(one, other) {
        if (!hubs.has(one) && !hubs.has(other)) sets.join(one, other)
      },
      isHub: (person) => hubs.has(person),
      hubs: hubs.size
    }
  }

  function findHubs(): Set<number> {
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

  return { identify, join }
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
