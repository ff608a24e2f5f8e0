import type { Check, GroupFacts, Grouping } from './check'
import type { Fact, Kind } from './facts'
import type { Sighting } from './finding'

/** Facts that belong together, and the sightings in them. */
export type Group = GroupFacts & {
  readonly grouping: Grouping
  /** The keys by which the group is found: one, or for a person all known ids. */
  readonly keys: string[]
  /** How many facts it has. */
  size: number
  /** The kinds of which facts were dropped; undefined if there are none. */
  dropped?: Set<Kind>
  /** The sightings in the facts as they are now; undefined if there are none. */
  sightings?: Map<Check, Sighting[]>
}

/** A fact and the groups that it is in. */
export type Member<AnyFact extends Fact = Fact> = AnyFact & { groups: Group[] }

/** A judge reads all facts of a group each time it changes, so this bounds the cost of an event. */
export const MAX_OF_A_KIND = 30

const LISTS = {
  impression: 'impressions',
  click: 'clicks',
  purchase: 'purchases',
  win: 'wins',
  link: 'links',
  idUse: 'idUses'
} as const satisfies Record<Kind, keyof GroupFacts>

/** Most groups have one kind of fact, so the empty lists of the others are shared. */
const NONE: readonly never[] = Object.freeze([])

/** Creates an empty group. */
export function createGroup(grouping: Grouping, keys: string[]): Group {
  return {
    grouping,
    keys,
    size: 0,
    impressions: NONE,
    clicks: NONE,
    purchases: NONE,
    wins: NONE,
    links: NONE,
    idUses: NONE
  }
}

/** Puts a fact in its place by time. A fact that is there already is not added again. */
export function addFact(group: Group, fact: Member): void {
  if (fact.groups.includes(group)) return
  const name = LISTS[fact.kind]
  const list = group[name] as Member[]
  if (list.length === 0) {
    // A literal takes the memory of one fact. An empty list that grows takes that of many, and most lists have one.
    Object.assign(group, { [name]: [fact] })
  } else {
    let place = list.length
    while (place > 0 && isAfter(list[place - 1], fact)) place -= 1
    list.splice(place, 0, fact)
  }
  fact.groups = [...fact.groups, group]
  group.size += 1
}

/** Takes a fact out of a group. */
export function removeFact(group: Group, fact: Member): void {
  const list = group[LISTS[fact.kind]] as Member[]
  const place = list.indexOf(fact)
  if (place < 0) return
  list.splice(place, 1)
  fact.groups = fact.groups.filter((other) => other !== group)
  group.size -= 1
}

/** @returns the oldest fact of a kind, if the group has too many of this kind */
export function surplusOf(group: Group, kind: Kind): Member | undefined {
  const list = group[LISTS[kind]] as readonly Member[]
  return list.length > MAX_OF_A_KIND ? list[0] : undefined
}

/** Returns all facts of a group. */
export function factsOf(group: Group): Member[] {
  return Object.values(LISTS).flatMap((list) => group[list] as readonly Member[])
}

function isAfter(one: Fact, other: Fact): boolean {
  return one.time === other.time ? one.key > other.key : one.time > other.time
}
