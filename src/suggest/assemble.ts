import type { Mapping } from '../pipeline'
import { sayList } from '../checks'
import { KINDS, takersOf } from './kinds'
import type { Unit } from './unit'
import type { NameProfile, Profile } from './profile'
import { toTrigger } from './triggers'

/** Units with the same mapping, which become one. */
export type Group = {
  units: Unit[]
  mapping: Mapping
  /** The current mapping whose place it takes. */
  replaces: Mapping | undefined
  /** Whether it takes the events of that mapping too, because the same mapping fits them. */
  joins: boolean
}

/** A unit that cannot be part of a configuration, and why. */
export type Refused = { unit: Unit; why: string }

/** The whole configuration. */
export type Configuration = { mappings: Mapping[]; groups: Group[]; refused: Refused[] }

/** The mappings that there are, and the names of events that each of them takes. */
type Current = ReadonlyMap<Mapping, readonly NameProfile[]>

/**
 * Puts units into the current mappings. A mapping whose events all get another one is replaced. One that takes none of the
 * events that came gives its place to the first units of its kind. All others stay.
 */
export function assemble(units: readonly Unit[], mappings: readonly Mapping[], { names }: Profile): Configuration {
  const current: Current = new Map(
    mappings.map((mapping) => [mapping, names.filter((name) => takersOf([mapping], name.samples).length > 0)])
  )
  const refused = units.flatMap((unit) => {
    const why = whyNotReplaced(unit, units, current)
    return why === undefined ? [] : [{ unit, why }]
  })
  const places = createPlaces(current)
  const groups: Group[] = []
  for (const group of groupUnits(units.filter((unit) => !refused.some((each) => each.unit === unit)))) {
    const names = group.map(({ profile }) => profile.name)
    const trigger = toTrigger(names, group[0].exceptions)
    if (trigger === undefined) {
      refused.push(...group.map((unit) => ({ unit, why: 'No trigger of Segment can say which events these are.' })))
      continue
    }
    const { name, replaces, subscribe, joins } = places.find(group, trigger)
    const partnerAction = KINDS[group[0].kind].action
    groups.push({
      units: group,
      replaces,
      joins,
      mapping: { name, partnerAction, subscribe, enabled: true, mapping: group[0].mapping }
    })
  }
  return { mappings: merge(mappings, groups), groups, refused }
}

/** Returns why the current mapping of a unit cannot be replaced, if it takes other events that do not change. */
function whyNotReplaced(unit: Unit, units: readonly Unit[], current: Current): string | undefined {
  if (!unit.current) return undefined
  const others = (current.get(unit.current) ?? []).filter((name) => !units.some(({ profile }) => profile === name))
  if (others.length === 0) return undefined
  const names = sayList(others.map(({ name }) => `"${name}"`))
  return `The mapping "${unit.current.name}" also takes ${names}, and fits them. Give "${unit.profile.name}" a mapping of its own.`
}

type Place = { name: string; replaces: Mapping | undefined; subscribe: string; joins: boolean }

/** Returns the place of new names at a current mapping that fits them as it is, with a trigger that takes them too. */
function joinSame(group: readonly Unit[], current: Current): (Place & { replaces: Mapping }) | undefined {
  const [{ kind, mapping, exceptions, current: own }] = group
  if (own || exceptions.length > 0) return undefined
  const { preset, action } = KINDS[kind]
  for (const [replaces, names] of current) {
    const { name, partnerAction, subscribe, enabled } = replaces
    const taken = names.map((each) => each.name)
    const isSame = enabled && name === preset && partnerAction === action && taken.length > 0
    if (!isSame || JSON.stringify(replaces.mapping) !== JSON.stringify(mapping)) continue
    if (subscribe !== toTrigger(taken, [])) continue
    const all = toTrigger([...taken, ...group.map(({ profile }) => profile.name)], [])
    if (all !== undefined) return { name, replaces, subscribe: all, joins: true }
  }
  return undefined
}

/** Creates a function that finds the name, the trigger and the place of a group. */
function createPlaces(current: Current) {
  const free = new Set(
    [...current].flatMap(([mapping, names]) => (mapping.enabled && names.length === 0 ? mapping : []))
  )
  const placed = new Set<Mapping>()
  const used = new Set([...current.keys()].map(({ name }) => name))

  function findFree({ kind }: Unit): Mapping | undefined {
    const { preset, action } = KINDS[kind]
    const found = [...free].find(({ name, partnerAction }) => name === preset && partnerAction === action)
    if (found) free.delete(found)
    return found
  }

  return {
    find(group: readonly Unit[], trigger: string): Place {
      const [unit] = group
      const joined = joinSame(group, current)
      if (joined && !placed.has(joined.replaces)) return joined
      const replaces = unit.current ?? findFree(unit)
      if (!replaces || placed.has(replaces)) {
        const name = toUniqueName(
          `${KINDS[unit.kind].preset} (${sayList(group.map(({ profile }) => profile.name))})`,
          used
        )
        used.add(name)
        return { name, replaces, subscribe: trigger, joins: false }
      }
      placed.add(replaces)
      const isSame =
        unit.current !== undefined && unit.exceptions.length === 0 && current.get(replaces)?.length === group.length
      return { name: replaces.name, replaces, subscribe: isSame ? replaces.subscribe : trigger, joins: false }
    }
  }
}

/** Returns the current mappings with the new ones in the places of those that they replace, and the others at the end. */
function merge(current: readonly Mapping[], groups: readonly Group[]): Mapping[] {
  const inPlace = current.flatMap((mapping) => {
    const own = groups.filter(({ replaces }) => replaces === mapping)
    return own.length > 0 ? own.map((group) => group.mapping) : [mapping]
  })
  return [...inPlace, ...groups.filter(({ replaces }) => replaces === undefined).map(({ mapping }) => mapping)]
}

/** Groups units that have the same kind, mapping, exceptions and place. */
function groupUnits(units: readonly Unit[]): Unit[][] {
  const groups = new Map<string, Unit[]>()
  for (const unit of units) {
    const { kind, mapping, exceptions, current } = unit
    const key = JSON.stringify([kind, mapping, exceptions.map(({ keys, value }) => [keys, value]), current?.name])
    groups.set(key, [...(groups.get(key) ?? []), unit])
  }
  return [...groups.values()]
}

function toUniqueName(name: string, used: ReadonlySet<string>): string {
  let unique = name
  for (let number = 2; used.has(unique); number += 1) unique = `${name} (${number})`
  return unique
}
