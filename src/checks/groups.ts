import { addToGroup, createGroup, findSurplus, listFacts, removeFromGroup } from './group'
import { createLosses, type Losses } from './losses'
import {
  type AttributionWindows,
  type Fact,
  forGroupings,
  type Group,
  type Grouping,
  type Judge,
  type JudgeContext
} from './model'
import type { Past } from './past/past'
import type { FindingTally } from './tally'

/** All groups of facts. When a group changes, its judges run, and the tallies get their sightings. */
export type Groups = ReturnType<typeof createGroups>

/**
 * Creates the groups for the checks of these tallies.
 *
 * @param past remembers what the groups forget. Without it, the groups know only that something was forgotten
 */
export function createGroups(tallies: readonly FindingTally[], windows: AttributionWindows, past?: Past) {
  const groups = forGroupings(() => new Map<string, Group>())
  const losses = createLosses()
  const judges = createJudges(tallies, windows, losses)
  const create = (grouping: Grouping, key: string): Group => {
    const keys = [key]
    const group = createGroup(grouping, keys, past?.find(grouping, keys))
    groups[grouping].set(key, group)
    return group
  }
  /** Returns the group of the person with these ids. Joins the groups of all ids into one. */
  const getPerson = createPeople(groups.person, (id) => create('person', id), move, past)

  function add(group: Group, fact: Fact): void {
    addToGroup(group, fact)
    judges.touch(group)
    const surplus = findSurplus(group, fact.kind)
    if (!surplus) return
    // The new fact may be the oldest and be dropped at once. So it is judged first.
    judges.judge(group, false)
    drop(group, surplus)
  }

  function move(from: Group, to: Group): void {
    judges.clear(from)
    for (const fact of listFacts(from)) {
      removeFromGroup(from, fact)
      add(to, fact)
    }
    judges.touch(to)
  }

  /** Removes a fact for good. This never adds a sighting, so a group without sightings is not judged again. */
  function drop(group: Group, fact: Fact): void {
    past?.add(group, fact)
    removeFromGroup(group, fact)
    losses.add(group, fact.kind)
    if (past && group.size > 0) group.past = past.find(group.grouping, group.keys)
    if (group.sightings?.size) judges.judge(group, true)
    if (group.size > 0) return
    group.isTouched = false
    for (const key of group.keys) groups[group.grouping].delete(key)
  }

  return {
    /** Returns the group with this key. Creates it if it does not exist. */
    get: <Name extends Exclude<Grouping, 'person'>>(grouping: Name, key: string) =>
      // The groups of each map have the grouping of the map.
      (groups[grouping].get(key) ?? create(grouping, key)) as Group<Name>,
    getPerson,
    add,
    /** Marks a group to be judged again because one of its facts has changed. */
    touch: judges.touch,
    /** Judges the groups that have changed. */
    judge: judges.judgeTouched,
    /** Removes a fact from all of its groups. Sightings that depend on it stay counted. */
    forget(fact: Fact): void {
      // Dropping a fact from a group replaces its list of groups.
      for (const group of fact.groups) drop(group, fact)
    }
  }
}

/** Creates the judges of the checks of these tallies. */
function createJudges(tallies: readonly FindingTally[], windows: AttributionWindows, losses: Losses) {
  const judges = forGroupings((grouping) =>
    tallies.flatMap((tally): [Judge, FindingTally][] => {
      // A judge only ever gets groups of its own grouping, with their kind of past.
      const judge = tally.check.groups?.[grouping] as Judge | undefined
      return judge ? [[judge, tally]] : []
    })
  )
  let touched: Group[] = []
  /** The group that is being judged. */
  let judged: Group
  const context: JudgeContext = { windows, mayHaveLost: (...kinds) => losses.mayHave(judged, kinds) }

  /**
   * Judges a group, and gives its sightings to the tallies.
   *
   * @param isFinal whether to keep counting the sightings that are missing now, because facts were forgotten
   */
  function judge(group: Group, isFinal: boolean): void {
    judged = group
    for (const [judge, tally] of judges[group.grouping]) {
      const sightings = judge(group, context)
      // Nearly all groups never have one.
      if (sightings.length > 0 || group.sightings) tally.replace(group, sightings, isFinal)
    }
  }

  return {
    /** Marks a group to be judged again. */
    touch: (group: Group): void => {
      if (group.isTouched) return
      group.isTouched = true
      touched.push(group)
    },
    /** Judges the marked groups. */
    judgeTouched: (): void => {
      const changed = touched
      touched = []
      for (const group of changed) {
        if (group.isTouched) judge(group, false)
        group.isTouched = false
      }
    },
    judge,
    /** Takes back the mark and the sightings of a group whose facts move to another group. */
    clear(group: Group): void {
      group.isTouched = false
      for (const [, tally] of judges[group.grouping]) tally.replace(group, [], false)
    }
  }
}

/** A person has a few ids. More than this come from a shared device or from a constant such as `guest`. */
const MAX_IDS_OF_A_PERSON = 20

/**
 * Creates a function that returns the person with these ids. It joins the people of all ids into one.
 *
 * @param people the person of each id. Ids of one person have the same group
 * @param move moves all facts from one person to another
 * @param past knows the other ids of a forgotten person
 */
function createPeople(
  people: Map<string, Group>,
  create: (id: string) => Group,
  move: (from: Group, to: Group) => void,
  past?: Past
) {
  /** Adds an id to a person. If it is another person's id, joins the two, unless they have too many ids. */
  function addId(person: Group, id: string): Group {
    const other = people.get(id)
    if (other === person || person.keys.length + (other?.keys.length ?? 1) > MAX_IDS_OF_A_PERSON) return person
    if (other) return merge(person, other)
    person.keys.push(id)
    people.set(id, person)
    return person
  }

  /** Joins two people. Moves the facts of the smaller group, because that is less work. */
  function merge(one: Group, other: Group): Group {
    const [from, to] = one.size < other.size ? [one, other] : [other, one]
    to.keys.push(...from.keys)
    for (const key of from.keys) people.set(key, to)
    move(from, to)
    return to
  }

  return (ids: readonly string[]): Group => {
    const known = people.get(ids[0])
    if (known && ids.every((id) => people.get(id) === known)) return known
    const [first, ...others] = ids.flatMap((id) => (people.has(id) || !past ? [id] : past.idsOf(id)))
    return others.reduce(addId, people.get(first) ?? create(first))
  }
}
