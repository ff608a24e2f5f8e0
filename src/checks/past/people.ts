import { createIdTable, type IdTable } from '../../core'
import { toSeconds } from './numbers'
import { createRings, type Rings } from './rings'

/** What is remembered of a person, for all of their known ids. */
export type PastPerson = ReturnType<PastPeople['find']>

/** The time between the first and the last forgotten interaction of a user id, in milliseconds since 1970. */
export type PastInteractions = { user: string; first: number; last: number }

/** The ids of all people, and when each was used for an interaction. */
export type PastPeople = ReturnType<typeof createPastPeople>

/** In seconds. 0: there was no interaction. */
const FIRST = 0
const LAST = 1
/** The ring of the ids of one person. */
const PERSON = 2
/** The ring of the ids that Topsort treats as one user. */
const LINKED = 3

/** Creates an empty memory. An id takes about 100 bytes. */
export function createPastPeople(maxIds: number) {
  const table = createIdTable(4, maxIds)
  const people = createRings(table, PERSON)
  const links = createRings(table, LINKED)
  const { rowOf, idOf } = createRowTexts(table)

  function join(oneId: string, otherId: string, rings: Rings): void {
    rowOf(oneId)
    const other = rowOf(otherId)
    // Adding the other id can drop the first one.
    const one = table.find(oneId)
    if (one !== -1) rings.join(one, other)
  }

  function isWhole(id: string): boolean {
    const row = table.find(id)
    return row !== -1 && people.isWhole(row)
  }

  function findInteractions(id: string): PastInteractions[] {
    const row = table.find(id)
    if (row === -1 || table.get(row, LAST) === 0) return []
    return [{ user: id, first: table.get(row, FIRST) * 1_000, last: table.get(row, LAST) * 1_000 }]
  }

  function findLinks(id: string): { from: string; to: string }[] {
    const row = table.find(id)
    const to = row === -1 ? undefined : idOf(links.next(row))
    return to === undefined || to === id ? [] : [{ from: id, to }]
  }

  return {
    rowOf,
    idOf,
    addInteraction(user: string, time: number): void {
      const row = rowOf(user)
      const seconds = toSeconds(time)
      const isFirst = table.get(row, LAST) === 0
      if (isFirst || seconds < table.get(row, FIRST)) table.set(row, FIRST, seconds)
      if (isFirst || seconds > table.get(row, LAST)) table.set(row, LAST, seconds)
    },
    addLink: (from: string, to: string): void => {
      join(from, to, links)
    },
    /** Notes that all of these ids are one person. */
    join([first, ...others]: readonly string[]): void {
      for (const other of others) join(first, other, people)
    },
    /** Returns all known ids of the person with this id, starting with this one. */
    idsOf: (id: string): string[] => {
      const row = table.find(id)
      if (row === -1) return [id]
      return people.list(row).flatMap((each) => idOf(each) ?? [])
    },
    /**
     * Returns the person with these ids.
     *
     * @param ids may change later. The person always has the current ids
     */
    find: (ids: readonly string[]) => ({
      /** False if ids of the person, and so their interactions, may be missing. */
      isWhole: (): boolean => table.dropped() === 0 || ids.every(isWhole),
      interactions: (): PastInteractions[] => ids.flatMap(findInteractions),
      /** Returns the pairs of ids that Topsort treats as one user. */
      links: (): { from: string; to: string }[] => ids.flatMap(findLinks)
    }),
    dropped: table.dropped
  }
}

/** Keeps the ids of a table as text, because the table has only their hashes. */
function createRowTexts(table: IdTable) {
  /** The id of each row, starting with the oldest row. */
  let texts: string[] = []
  let oldest = table.oldest()

  return {
    /** Returns a number that stands for the id. Adds the id if it is missing. */
    rowOf: (id: string): number => {
      const row = table.put(id)
      if (table.oldest() > oldest) {
        texts = texts.slice(table.oldest() - oldest)
        oldest = table.oldest()
      }
      if (row === oldest + texts.length) texts.push(id)
      return row
    },
    /** Returns the id with this number, or undefined if it was dropped. */
    idOf: (row: number): string | undefined => (row >= oldest ? texts[row - oldest] : undefined)
  }
}
