import { getOrCreate, isObject, type JsonObject } from '../../core'
import type { Ledger } from '../../sandbox'
import type { Entry } from './history'

/** Returns all ids of the person who has this one. The list is the same for each of them. */
export type IdsOf = (user: string) => readonly string[]

/** An id that came with more others than this is shared, such as the constant of a shop for all guests. It joins nobody. */
const MAX_TOGETHER = 10

type Pair = readonly [string, string]

/** Finds people by linked users only, as Topsort does. Links are transitive. */
export function findLinkedPeople(links: Ledger['links']): IdsOf {
  return joinPairs(links.map(({ from, to }) => [from, to]))
}

/** Finds people by linked users, and by the user ids of one call. Topsort counts the ids of one call as two people. */
export function findPeople(links: Ledger['links'], entries: Iterable<Entry>): IdsOf {
  const together = new Map<string, Set<string>>()
  const createSet = (): Set<string> => new Set()
  for (const { call } of entries) {
    const [one, ...others] = call ? idsOfCall(call) : []
    for (const other of others) {
      getOrCreate(together, one, createSet).add(other)
      getOrCreate(together, other, createSet).add(one)
    }
  }
  const isShared = (id: string): boolean => (together.get(id)?.size ?? 0) > MAX_TOGETHER
  const pairs = [...together].flatMap(([one, others]) => [...others].map((other): Pair => [one, other]))
  return joinPairs([
    ...links.map(({ from, to }): Pair => [from, to]),
    ...pairs.filter(([one, other]) => !isShared(one) && !isShared(other))
  ])
}

/** Returns the ids of the user of a Segment call, each once. */
export function idsOfCall(call: object): string[] {
  const { anonymousId, userId, properties } = call as JsonObject
  const { opaqueUserId } = isObject(properties) ? properties : {}
  const ids = [anonymousId, userId, opaqueUserId].filter((id) => typeof id === 'string' || typeof id === 'number')
  return [...new Set(ids.map((id) => String(id).trim()))].filter((id) => id !== '')
}

function joinPairs(pairs: readonly Pair[]): IdsOf {
  const groups = new Map<string, string[]>()
  const idsOf = (user: string): string[] => getOrCreate(groups, user, () => [user])
  for (const [from, to] of pairs) {
    const [one, other] = [idsOf(from), idsOf(to)]
    if (one === other) continue
    // Moving the smaller group is less work.
    const [small, large] = one.length < other.length ? [one, other] : [other, one]
    for (const id of small) groups.set(id, large)
    large.push(...small)
  }
  return idsOf
}
