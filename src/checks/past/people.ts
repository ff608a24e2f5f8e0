import { createIdTable } from '../../core'
import { toSeconds } from './numbers'

/** The time between the first and the last forgotten interaction of a user id, in milliseconds since 1970. */
export type PastInteractions = { user: string; first: number; last: number }

/** What is remembered of a person, for all of their known ids. */
export type PastPerson = {
  /** False if ids of the person, and so their interactions, may be missing. */
  isWhole: () => boolean
  interactions: () => PastInteractions[]
  /** Returns the pairs of ids that Topsort treats as one user. */
  links: () => { from: string; to: string }[]
}

/** The ids of all people, and when each was used for an interaction. */
export type PastPeople = {
  /** Returns a number that stands for the id. Adds the id if it is missing. */
  rowOf: (id: string) => number
  /** Returns the id with this number, or undefined if it was dropped. */
  idOf: (row: number) => string | undefined
  addInteraction: (user: string, time: number) => void
  addLink: (from: string, to: string) => void
  /** Notes that all of these ids are one person. */
  join: (ids: readonly string[]) => void
  /** Returns all known ids of the person with this id, starting with this one. */
  idsOf: (id: string) => string[]
  /** @param ids the list may change later. The person always has the current ids */
  find: (ids: readonly string[]) => PastPerson
  dropped: () => number
}

/** In seconds. 0: there was no interaction. */
const FIRST = 0
const LAST = 1
/** The row of the next id of the same person. The ids of a person form a ring. 0: there is no other. */
const PERSON = 2
/** The same for the ids that Topsort treats as one user. */
const LINKED = 3

/** A person has a few ids. This is a limit for rings that were damaged when some of their ids were dropped. */
const MAX_RING = 100

/** Creates an empty memory. An id takes about 100 bytes. */
export function createPastPeople(maxIds: number): PastPeople {
  const table = createIdTable(4, maxIds)
  /** The id of each row, starting with the oldest row. */
  let texts: string[] = []
  let oldest = table.oldest()

  function rowOf(id: string): number {
    const row = table.put(id)
    if (table.oldest() > oldest) {
      texts = texts.slice(table.oldest() - oldest)
      oldest = table.oldest()
    }
    if (row === oldest + texts.length) texts.push(id)
    return row
  }

  function idOf(row: number): string | undefined {
    return row >= oldest ? texts[row - oldest] : undefined
  }

  /** Returns the next row of a ring, or the row itself if there is no other, or undefined if the next one was dropped. */
  function next(row: number, ring: number): number | undefined {
    const following = table.get(row, ring) || row
    return following >= oldest ? following : undefined
  }

  /** Returns the rows of a ring, starting with this one. It ends early if rows were dropped. */
  function listRing(start: number, ring: number): number[] {
    const rows = [start]
    let row = next(start, ring)
    while (row !== undefined && row !== start && rows.length < MAX_RING) {
      rows.push(row)
      row = next(row, ring)
    }
    return rows
  }

  /** Joins the rings of two ids. If two rows swap the rows that follow them, their rings become one. */
  function joinRings(oneId: string, otherId: string, ring: number): void {
    rowOf(oneId)
    const other = rowOf(otherId)
    // Adding the other id can drop the first one.
    const one = table.find(oneId)
    if (one === -1 || listRing(one, ring).includes(other)) return
    const following = next(one, ring) ?? one
    table.set(one, ring, next(other, ring) ?? other)
    table.set(other, ring, following)
  }

  function isWhole(id: string): boolean {
    const row = table.find(id)
    if (row === -1) return false
    const last = listRing(row, PERSON).at(-1) ?? row
    return next(last, PERSON) === row
  }

  function findInteractions(id: string): PastInteractions[] {
    const row = table.find(id)
    if (row === -1 || table.get(row, LAST) === 0) return []
    return [{ user: id, first: table.get(row, FIRST) * 1_000, last: table.get(row, LAST) * 1_000 }]
  }

  function findLinks(id: string): { from: string; to: string }[] {
    const row = table.find(id)
    const to = row === -1 ? undefined : idOf(next(row, LINKED) ?? row)
    return to === undefined || to === id ? [] : [{ from: id, to }]
  }

  return {
    rowOf,
    idOf,
    addInteraction(user, time) {
      const row = rowOf(user)
      const seconds = toSeconds(time)
      const isFirst = table.get(row, LAST) === 0
      if (isFirst || seconds < table.get(row, FIRST)) table.set(row, FIRST, seconds)
      if (isFirst || seconds > table.get(row, LAST)) table.set(row, LAST, seconds)
    },
    addLink: (from, to) => {
      joinRings(from, to, LINKED)
    },
    join([first, ...others]) {
      for (const other of others) joinRings(first, other, PERSON)
    },
    idsOf(id) {
      const row = table.find(id)
      if (row === -1) return [id]
      return listRing(row, PERSON).flatMap((each) => idOf(each) ?? [])
    },
    find: (ids) => ({
      isWhole: () => table.dropped() === 0 || ids.every(isWhole),
      interactions: () => ids.flatMap(findInteractions),
      links: () => ids.flatMap(findLinks)
    }),
    dropped: table.dropped
  }
}
