import { addToGroup, createGroup, findSurplus, listFacts, removeFromGroup } from './group'
import { createJudges } from './judges'
import { createLosses } from './losses'
import { type AttributionWindows, type Fact, forGroupings, type Group, type Grouping } from './model'
import type { Past } from './past/past'
import { createPeople } from './people'
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
  const getPerson = createPeople({
    people: groups.person,
    create: (id) => create('person', id),
    move,
    recallIds: past?.idsOf ?? ((id) => [id])
  })

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
