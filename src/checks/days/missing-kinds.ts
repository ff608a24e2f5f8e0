import type { CostKind, Money } from '../finding'
import { type Change, toShares } from './find-changes'
import { addUpDays, type CallGroup, type CountName, type DayCounts } from './group-days'
import { toMoney } from './measures'
import { findStep, type StepRules } from './steps'
import { type DaysOf, daysBetween, joinDays, toUnits, type Unit } from './units'

/** A kind of events that nearly ends while the other events of its source go on. */
export type MissingKind = Change & {
  /** Such as `clicks a day`. */
  name: string
  noun: string
  /** The events a day before and after. */
  dailyBefore: number
  dailyAfter: number
  costOf: CostKind
  costs: Money[]
}

/** With fewer events a day of the kind, a day without them may be chance. */
const ENOUGH_A_DAY = 10

/** The kind must fall to less than a third, compared with the other events of its source. */
const RULES: StepRules = { direction: 'falls', minOf: 20, minDifference: 0, maxRatio: 0.3 }

const KINDS: { noun: string; of: CountName }[] = [
  { noun: 'clicks', of: 'clicks' },
  { noun: 'impressions', of: 'impressions' },
  { noun: 'orders', of: 'orders' }
]

/**
 * Finds kinds of events that nearly end while other events of the same source go on. Growth, weekends and campaigns change
 * all events of a source, so they do not count, nor does a source that starts or ends.
 */
export function findMissingKinds(groups: readonly CallGroup[]): MissingKind[] {
  const units = toUnits(groups)
  return KINDS.flatMap((kind) =>
    units.flatMap((unit) => {
      const found = findInUnit(unit, units, kind)
      if (found) return [found]
      // A version of an app or a host of a shop may be the only one.
      const parts = splitUnit(unit)
      const others = [...units.filter((each) => each !== unit), ...parts]
      return parts.length < 2 ? [] : parts.flatMap((part) => findInUnit(part, others, kind) ?? [])
    })
  )
}

function splitUnit({ source, platform, versions }: Unit): Unit[] {
  return [...versions].map(([version, all]) => ({ source, platform, all, versions: new Map([[version, all]]) }))
}

function findInUnit(unit: Unit, units: readonly Unit[], { noun, of }: (typeof KINDS)[number]): MissingKind | undefined {
  const { source, platform, all, versions } = unit
  const step = findStep(toShares(all, { part: (counts) => counts[of], of: (counts) => counts.events }), RULES)
  if (!step) return undefined
  const before = daysBetween(all, -Infinity, step.day)
  const after = daysBetween(all, step.day, Infinity)
  const [dailyBefore, dailyAfter] = [before, after].map((days) => daily(days, of))
  if (dailyBefore < ENOUGH_A_DAY || dailyAfter > dailyBefore / 2) return undefined
  if (isMoved(unit, units, of, step.day)) return undefined
  const [version = ''] = versions.size === 1 ? versions.keys() : []
  const everywhere = joinDays(units.map((each) => each.all))
  return {
    source,
    platform,
    version,
    step,
    before,
    after,
    name: `${noun} a day`,
    noun,
    dailyBefore,
    dailyAfter,
    costOf: of === 'orders' ? 'not reported' : 'uncredited',
    costs: costsOf(of, before, after, everywhere, step.day)
  }
}

function daily(days: DaysOf, of: CountName): number {
  return days.size === 0 ? 0 : addUpDays(days.values())[of] / days.size
}

/** Returns whether another source has the events now, as if the shop reports orders from the server instead. */
function isMoved(unit: Unit, units: readonly Unit[], of: CountName, day: number): boolean {
  const others = joinDays(units.filter((each) => each !== unit).map(({ all }) => all))
  const change = (days: DaysOf): number =>
    daily(daysBetween(days, day, Infinity), of) - daily(daysBetween(days, -Infinity, day), of)
  return change(others) > -change(unit.all) / 2
}

/** Missing orders would be worth as much as those before. Without clicks, orders lose the credit that they had before. */
function costsOf(of: CountName, before: DaysOf, after: DaysOf, everywhere: DaysOf, day: number): Money[] {
  if (of === 'impressions') return []
  const [one, other] = [before, after].map((days) => addUpDays(days.values()))
  if (of === 'orders') {
    const missing = (one.orders / Math.max(1, one.events)) * other.events - other.orders
    return Object.entries(one.money).map(([currency, { reported }]) =>
      toMoney(currency, (reported / Math.max(1, one.orders)) * missing)
    )
  }
  const [allBefore, allAfter] = [daysBetween(everywhere, -Infinity, day), daysBetween(everywhere, day, Infinity)].map(
    (days) => addUpDays(days.values())
  )
  return Object.entries(allAfter.money).map(([currency, sums]) => {
    return toMoney(currency, creditedShare(allBefore, currency) * sums.reported - sums.credited)
  })
}

function creditedShare({ money }: DayCounts, currency: string): number {
  if (!Object.hasOwn(money, currency)) return 0
  const { reported, credited } = money[currency]
  return reported === 0 ? 0 : credited / reported
}
