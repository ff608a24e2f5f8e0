import type { CallGroup } from './group-days'
import type { Measure } from './measures'
import { compareSides, type DayShare, findStep, MIN_DAYS, type Step } from './steps'
import { type DaysOf, joinDays, splitDays, toUnits, type Unit } from './units'

/** A step in a share of one source, platform and perhaps version. */
export type Change = {
  source: string
  platform: string
  version: string
  step: Step
  /** The days that are compared. Those before may be of other versions. */
  before: DaysOf
  after: DaysOf
}

/** The changes of one measure. */
export type Changes = {
  changes: Change[]
  /** Whether other sources, platforms or versions did not change. */
  hasOthers: boolean
}

/** Returns the shares of a measure by day, oldest first. */
export function toShares(days: DaysOf, { part, of }: Pick<Measure, 'part' | 'of'>): DayShare[] {
  return [...days]
    .map(([day, counts]) => ({ day, part: counts[part], of: counts[of] }))
    .sort((one, other) => one.day - other.day)
}

/** Finds the steps of a measure in each source and platform, and in their versions. */
export function findChanges(groups: readonly CallGroup[], measure: Measure): Changes {
  const units = toUnits(groups)
  const found = units.map((unit) => findInUnit(unit, measure))
  const changes = found.flatMap((each) => each.changes)
  const hasOthers = found.some(({ isSound }) => isSound)
  const isTestable = units.some(({ all }) => countUsable(all, measure) >= 2 * MIN_DAYS)
  return isTestable || changes.length > 0 ? { changes, hasOthers } : findInAll(units, measure)
}

/** Tests sources together that are too small to be tested alone. Those that start or end would change the mix. */
function findInAll(units: readonly Unit[], measure: Measure): Changes {
  const days = joinDays(units.map(({ all }) => all))
  const [first, last] = endsOf(days)
  const stable = units.filter(({ all }) => {
    const [start, end] = endsOf(all)
    return start <= first + MIN_DAYS && end >= last - MIN_DAYS
  })
  const all = joinDays(stable.map((unit) => unit.all))
  const step = findStep(toShares(all, measure), measure.rules)
  const change = step && toChange({ source: '', platform: '', version: '' }, step, all, all)
  return { changes: change ? [change] : [], hasOthers: false }
}

function endsOf(days: DaysOf): [first: number, last: number] {
  const numbers = [...days.keys()]
  return [Math.min(...numbers), Math.max(...numbers)]
}

/** Finds the steps of one source and platform. `isSound` says that a part of it has none. */
function findInUnit(unit: Unit, measure: Measure): { changes: Change[]; isSound: boolean } {
  const { source, platform, all, versions } = unit
  const step = findStep(toShares(all, measure), measure.rules)
  const ofVersions = [...versions].map(([version, days]) => ({ days, change: findInVersion(unit, version, measure) }))
  const changed = ofVersions.flatMap(({ change }) => change ?? [])
  const from = Math.min(...changed.map((change) => change.step.day), step?.day ?? Infinity)
  const sound = ofVersions.filter(({ days, change }) => {
    return !change && countUsable(splitDays(days, from)[1], measure) >= MIN_DAYS
  })
  if (changed.length > 0 && (sound.length > 0 || changed.length === 1 || !step)) {
    return { changes: changed, isSound: sound.length > 0 }
  }
  if (step) {
    const [version = ''] = versions.size === 1 ? versions.keys() : []
    return { changes: [toChange({ source, platform, version }, step, all, all)], isSound: false }
  }
  return { changes: [], isSound: countUsable(all, measure) >= MIN_DAYS }
}

/** Compares the days of a version with its own earlier ones, or if it is new, with those of the versions before it. */
function findInVersion(unit: Unit, version: string, measure: Measure): Change | undefined {
  const { source, platform, versions } = unit
  const days = versions.get(version)
  if (!days || versions.size < 2) return undefined
  const own = findStep(toShares(days, measure), measure.rules)
  if (own) return toChange({ source, platform, version }, own, days, days)
  const others = joinDays([...versions].flatMap(([name, each]) => (name === version ? [] : [each])))
  const shares = toShares(days, measure)
  const start = shares.find(({ of }) => of >= measure.rules.minOf)?.day
  if (start === undefined) return undefined
  const step = compareSides(toShares(splitDays(others, start)[0], measure), shares, measure.rules)
  return step && toChange({ source, platform, version }, { ...step, day: firstDay(days, start) }, others, days)
}

/** A new version has few users on its first days. */
function firstDay(days: DaysOf, start: number): number {
  let first = start
  while (days.has(first - 1)) first -= 1
  return first
}

/** Describes a step by the days before and after it. */
export function toChange(
  where: Pick<Change, 'source' | 'platform' | 'version'>,
  step: Step,
  before: DaysOf,
  after: DaysOf
): Change {
  return { ...where, step, before: splitDays(before, step.day)[0], after: splitDays(after, step.day)[1] }
}

function countUsable(days: DaysOf, { of, rules }: Measure): number {
  return [...days.values()].filter((counts) => counts[of] >= rules.minOf).length
}
