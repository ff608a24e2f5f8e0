import type { Fact, Group, GroupFacts, Grouping, Kind, PastOf } from './model'

/** The most facts of a kind in a group. A judge reads the whole group after each change, so this bounds its work. */
export const MAX_OF_A_KIND = 30

const LISTS = {
  impression: 'impressions',
  click: 'clicks',
  purchase: 'purchases',
  win: 'wins',
  link: 'links',
  idUse: 'idUses'
} as const satisfies Record<Kind, keyof GroupFacts>

type Lists = { [Name in (typeof LISTS)[Kind]]: readonly Fact[] }

/** Most groups have one kind of fact. The other lists share this empty one, which saves memory. */
const NONE: readonly never[] = Object.freeze([])

/** Creates an empty group. */
export function createGroup(grouping: Grouping, keys: string[], past?: PastOf<Grouping>): Group {
  return {
    grouping,
    keys,
    past,
    size: 0,
    isTouched: false,
    joinedKeys: 0,
    impressions: NONE,
    clicks: NONE,
    purchases: NONE,
    wins: NONE,
    links: NONE,
    idUses: NONE
  }
}

/** Adds a fact to its list, sorted by time. Does nothing if the group has the fact already. */
export function addToGroup(group: Group, fact: Fact): void {
  if (fact.groups.includes(group)) return
  const lists: Lists = group
  const name = LISTS[fact.kind]
  lists[name] = insert(lists[name], fact)
  fact.groups = fact.groups.concat(group)
  group.size += 1
}

/** Returns a new list, because it takes memory for its facts only. Pushing would reserve memory for many more. */
function insert(list: readonly Fact[], fact: Fact): readonly Fact[] {
  if (list.length === 0) return [fact]
  let place = list.length
  while (place > 0 && isAfter(list[place - 1], fact)) place -= 1
  return place === list.length ? list.concat(fact) : list.slice(0, place).concat(fact, list.slice(place))
}

/** Removes a fact from a group. */
export function removeFromGroup(group: Group, fact: Fact): void {
  const list = group[LISTS[fact.kind]] as Fact[]
  const place = list.indexOf(fact)
  if (place < 0) return
  list.splice(place, 1)
  fact.groups = fact.groups.filter((other) => other !== group)
  group.size -= 1
}

/** Returns the oldest fact of a kind if the group has too many of them. */
export function findSurplus(group: Group, kind: Kind): Fact | undefined {
  const list = group[LISTS[kind]] as readonly Fact[]
  return list.length > MAX_OF_A_KIND ? list[0] : undefined
}

/** Returns all facts of a group. */
export function listFacts(group: Group): Fact[] {
  return Object.values(LISTS).flatMap((list) => group[list] as readonly Fact[])
}

function isAfter(one: Fact, other: Fact): boolean {
  return one.time === other.time ? one.key > other.key : one.time > other.time
}
