import type { Grouping, Judge, JudgeContext } from './check'
import type { Fact, Kind } from './facts'
import { createForgotten } from './forgotten'
import { addFact, createGroup, factsOf, removeFact, surplusOf } from './group'
import type { Group, Member } from './group'
import type { Tally } from './tally'

/** All groups of facts. Judges run when a group has changed, and their sightings go to the tallies. */
export type Groups = {
  /** Returns the group with this key. It exists from now on. */
  get: (grouping: Exclude<Grouping, 'person'>, key: string) => Group
  /** Returns the group of the person who has these ids, which are known to be of one person from now on. */
  getPerson: (ids: readonly string[]) => Group
  add: (group: Group, fact: Member) => void
  /** Has a group judged again because one of its facts has changed. */
  touch: (group: Group) => void
  /** Judges the groups that have changed. */
  judge: () => void
  /** Removes a fact from all of its groups. The sightings that need it are kept for good. */
  forget: (fact: Member) => void
}

/** A person has a few ids. More than this many are those of a shared device, or a constant such as `guest`. */
const MAX_IDS_OF_A_PERSON = 20

/** The groupings whose judges ask what was forgotten. */
const REMEMBERED: ReadonlySet<Grouping> = new Set<Grouping>(['person', 'product', 'vendor'])

/** Creates the groups for these tallies. */
export function createGroups(tallies: readonly Tally[], attributionWindow: number): Groups {
  const groups: Record<Grouping, Map<string, Group>> = {
    bid: new Map(),
    person: new Map(),
    product: new Map(),
    order: new Map(),
    basket: new Map(),
    vendor: new Map(),
    id: new Map()
  }
  const judges = judgesByGrouping(tallies)
  const forgotten = createForgotten()
  const touched = new Set<Group>()

  function get(grouping: Grouping, key: string): Group {
    const found = groups[grouping].get(key)
    if (found) return found
    const group = createGroup(grouping, [key])
    groups[grouping].set(key, group)
    return group
  }

  function getPerson(ids: readonly string[]): Group {
    let person = get('person', ids[0])
    for (const id of ids.slice(1)) {
      const other = groups.person.get(id)
      if (other === person) continue
      if (person.keys.length + (other?.keys.length ?? 1) > MAX_IDS_OF_A_PERSON) continue
      if (other) {
        person = merge(person, other)
      } else {
        person.keys.push(id)
        groups.person.set(id, person)
      }
    }
    return person
  }

  /** Moves the facts of the smaller group, so that each fact moves seldom. */
  function merge(one: Group, other: Group): Group {
    const [from, to] = one.size < other.size ? [one, other] : [other, one]
    for (const [, tally] of judges.person) tally.replace(from, [], false)
    touched.delete(from)
    for (const fact of factsOf(from)) {
      removeFact(from, fact)
      add(to, fact)
    }
    for (const key of from.keys) groups.person.set(key, to)
    to.keys.push(...from.keys)
    if (from.dropped) to.dropped = new Set([...(to.dropped ?? []), ...from.dropped])
    touched.add(to)
    return to
  }

  function add(group: Group, fact: Member): void {
    addFact(group, fact)
    touched.add(group)
    const surplus = surplusOf(group, fact.kind)
    if (!surplus) return
    // The new fact may be the one to drop, so it is judged before.
    judgeGroup(group, false)
    drop(group, surplus)
  }

  /** A group without a fact has no sightings that it did not have with it, so most groups are not judged again. */
  function drop(group: Group, fact: Member): void {
    removeFact(group, fact)
    group.dropped ??= new Set()
    group.dropped.add(fact.kind)
    if (REMEMBERED.has(group.grouping)) {
      for (const key of group.keys) forgotten.add(memoryOf(group.grouping, fact.kind, key))
    }
    if (group.sightings?.size) judgeGroup(group, true)
    if (group.size > 0) return
    touched.delete(group)
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
    return Boolean(dropped?.has(kind)) || keys.some((key) => forgotten.mayHave(memoryOf(grouping, kind, key)))
  }

  return {
    get,
    getPerson,
    add,
    touch: (group) => touched.add(group),
    judge() {
      for (const group of touched) judgeGroup(group, false)
      touched.clear()
    },
    forget(fact) {
      for (const group of [...fact.groups]) drop(group, fact)
    }
  }
}

function memoryOf(grouping: Grouping, kind: Fact['kind'], key: string): string {
  return `${grouping}\n${kind}\n${key}`
}

function judgesByGrouping(tallies: readonly Tally[]): Record<Grouping, [Judge, Tally][]> {
  const judgesOf = (grouping: Grouping): [Judge, Tally][] =>
    tallies.flatMap((tally): [Judge, Tally][] => {
      const judge = tally.check.groups?.[grouping]
      return judge ? [[judge, tally]] : []
    })
  return {
    bid: judgesOf('bid'),
    person: judgesOf('person'),
    product: judgesOf('product'),
    order: judgesOf('order'),
    basket: judgesOf('basket'),
    vendor: judgesOf('vendor'),
    id: judgesOf('id')
  }
}
