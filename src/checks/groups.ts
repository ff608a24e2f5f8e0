import type { Grouping, Judge, JudgeContext } from './check'
import type { Fact, Kind } from './facts'
import { createForgotten } from './forgotten'
import { addToGroup, createGroup, listFacts, removeFromGroup, findSurplus } from './group'
import type { Group } from './group'
import type { Past } from './past/past'
import type { Tally } from './tally'

/** All groups of facts. When a group changes, its judges run, and the tallies get their sightings. */
export type Groups = {
  /** Returns the group with this key. Creates it if it does not exist. */
  get: <Name extends Exclude<Grouping, 'person'>>(grouping: Name, key: string) => Group<Name>
  /** Returns the group of the person with these ids. Joins the groups of all ids into one. */
  getPerson: (ids: readonly string[]) => Group
  add: (group: Group, fact: Fact) => void
  /** Marks a group to be judged again because one of its facts has changed. */
  touch: (group: Group) => void
  /** Judges the groups that have changed. */
  judge: () => void
  /** Removes a fact from all of its groups. Sightings that depend on it stay counted. */
  forget: (fact: Fact) => void
}

/** A person has a few ids. More than this come from a shared device or from a constant such as `guest`. */
const MAX_IDS_OF_A_PERSON = 20

/** The groupings whose judges use `mayLack`. */
const REMEMBERED: ReadonlySet<Grouping> = new Set<Grouping>(['person', 'product', 'vendor'])

/**
 * Creates the groups for the checks of these tallies.
 *
 * @param attributionWindow in milliseconds
 * @param past remembers what the groups forget. Without it, the groups know only that something was forgotten
 */
export function createGroups(tallies: readonly Tally[], attributionWindow: number, past?: Past): Groups {
  const groups = byGrouping(() => new Map<string, Group>())
  const judges = byGrouping((grouping) => listJudges(tallies, grouping))
  const forgotten = createForgotten()
  /** With a past, judges ask for more than this only if they read auctions, and then any forgotten fact may matter. */
  const forgottenKinds = byGrouping(() => new Set<Kind>())
  let touched: Group[] = []

  function get<Name extends Grouping>(grouping: Name, key: string): Group<Name> {
    let group = groups[grouping].get(key)
    if (!group) {
      const keys = [key]
      group = createGroup(grouping, keys, past?.find(grouping, keys))
      groups[grouping].set(key, group)
    }
    // The groups of each map have the grouping of the map.
    return group as Group<Name>
  }

  function getPerson(ids: readonly string[]): Group {
    const known = groups.person.get(ids[0])
    if (known && ids.every((id) => groups.person.get(id) === known)) return known
    const [first, ...others] = past ? ids.flatMap(recallIds) : ids
    let person: Group = get('person', first)
    for (const id of others) person = join(person, id)
    return person
  }

  /** Returns this id and, if its person was forgotten, all other ids that were known of the person. */
  function recallIds(id: string): string[] {
    return past && !groups.person.has(id) ? past.idsOf(id) : [id]
  }

  /** Adds an id to a person. If it is another person's id, joins the two, unless they have too many ids. */
  function join(person: Group, id: string): Group {
    const other = groups.person.get(id)
    if (other === person || person.keys.length + (other?.keys.length ?? 1) > MAX_IDS_OF_A_PERSON) return person
    if (other) return merge(person, other)
    person.keys.push(id)
    groups.person.set(id, person)
    return person
  }

  /** Joins two people. Moves the facts of the smaller group, because that is less work. */
  function merge(one: Group, other: Group): Group {
    const [from, to] = one.size < other.size ? [one, other] : [other, one]
    for (const [, tally] of judges.person) tally.replace(from, [], false)
    from.isTouched = false
    for (const fact of listFacts(from)) {
      removeFromGroup(from, fact)
      add(to, fact)
    }
    for (const key of from.keys) groups.person.set(key, to)
    to.keys.push(...from.keys)
    if (from.dropped) to.dropped = new Set([...(to.dropped ?? []), ...from.dropped])
    touch(to)
    return to
  }

  function add(group: Group, fact: Fact): void {
    addToGroup(group, fact)
    touch(group)
    const surplus = findSurplus(group, fact.kind)
    if (!surplus) return
    // The new fact may be the oldest and be dropped at once. So it is judged first.
    judgeGroup(group, false)
    drop(group, surplus)
  }

  function touch(group: Group): void {
    if (group.isTouched) return
    group.isTouched = true
    touched.push(group)
  }

  /** Removes a fact for good. This never adds a sighting, so a group without sightings is not judged again. */
  function drop(group: Group, fact: Fact): void {
    past?.add(group, fact)
    removeFromGroup(group, fact)
    if (past) {
      forgottenKinds[group.grouping].add(fact.kind)
      // The past of a person always has the current ids.
      if (group.size > 0 && group.grouping !== 'person') group.past = past.find(group.grouping, group.keys)
    } else {
      group.dropped ??= new Set()
      group.dropped.add(fact.kind)
      if (REMEMBERED.has(group.grouping)) {
        for (const key of group.keys) forgotten.add(toMemoryKey(group.grouping, fact.kind, key))
      }
    }
    if (group.sightings?.size) judgeGroup(group, true)
    if (group.size > 0) return
    group.isTouched = false
    for (const key of group.keys) groups[group.grouping].delete(key)
  }

  function judgeGroup(group: Group, isFinal: boolean): void {
    const context: JudgeContext = {
      attributionWindow,
      mayLack: (...kinds) => kinds.some((kind) => mayLack(group, kind))
    }
    for (const [judge, tally] of judges[group.grouping]) tally.replace(group, judge(group, context), isFinal)
  }

  function mayLack({ grouping, keys, dropped }: Group, kind: Kind): boolean {
    if (past) return forgottenKinds[grouping].has(kind)
    return Boolean(dropped?.has(kind)) || keys.some((key) => forgotten.mayHave(toMemoryKey(grouping, kind, key)))
  }

  return {
    get,
    getPerson,
    add,
    touch,
    judge() {
      const changed = touched
      touched = []
      for (const group of changed) {
        if (group.isTouched) judgeGroup(group, false)
        group.isTouched = false
      }
    },
    forget(fact) {
      for (const group of [...fact.groups]) drop(group, fact)
    }
  }
}

function toMemoryKey(grouping: Grouping, kind: Fact['kind'], key: string): string {
  return `${grouping}\n${kind}\n${key}`
}

function listJudges(tallies: readonly Tally[], grouping: Grouping): [Judge, Tally][] {
  return tallies.flatMap((tally): [Judge, Tally][] => {
    // A judge only ever gets groups of its own grouping, with their kind of past.
    const judge = tally.check.groups?.[grouping] as Judge | undefined
    return judge ? [[judge, tally]] : []
  })
}

function byGrouping<Value>(create: (grouping: Grouping) => Value): Record<Grouping, Value> {
  return {
    bid: create('bid'),
    person: create('person'),
    product: create('product'),
    order: create('order'),
    basket: create('basket'),
    vendor: create('vendor'),
    id: create('id')
  }
}
