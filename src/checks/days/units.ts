import { addTo, type CallGroup, type DayCounts, emptyCounts } from './group-days'

/** The counts of days, by the number of the day. */
export type DaysOf = Map<number, DayCounts>

/** The calls of one source and platform, in all versions. */
export type Unit = {
  source: string
  platform: string
  all: DaysOf
  versions: Map<string, DaysOf>
}

/** Joins the groups of calls that differ only in version or SDK. */
export function toUnits(groups: readonly CallGroup[]): Unit[] {
  const units = new Map<string, Unit>()
  for (const { source, platform, version, days } of groups) {
    const key = JSON.stringify([source, platform])
    const unit: Unit = units.get(key) ?? { source, platform, all: new Map(), versions: new Map() }
    units.set(key, unit)
    const ofVersion = unit.versions.get(version) ?? new Map<number, DayCounts>()
    unit.versions.set(version, ofVersion)
    addDays(unit.all, days)
    addDays(ofVersion, days)
  }
  return [...units.values()]
}

/** Joins the days of several groups. */
export function joinDays(all: readonly DaysOf[]): DaysOf {
  const joined: DaysOf = new Map()
  for (const days of all) addDays(joined, days)
  return joined
}

/** Divides days into those before a day, and those from it on. */
export function splitDays(days: DaysOf, first: number): [before: DaysOf, after: DaysOf] {
  const all = [...days]
  return [new Map(all.filter(([day]) => day < first)), new Map(all.filter(([day]) => day >= first))]
}

function addDays(to: DaysOf, days: DaysOf): void {
  for (const [day, counts] of days) {
    const known = to.get(day) ?? emptyCounts()
    addTo(known, counts)
    to.set(day, known)
  }
}
