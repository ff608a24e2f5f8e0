import type { Cost } from '../finding'
import { type Change, toChange, toShares } from './find-changes'
import { addUpDays, type CallGroup, type DayCounts } from './group-days'
import { joinCosts, missingRevenue, toMoney } from './measures'
import { findStep, type StepRules } from './steps'
import { type DaysOf, joinDays, splitDays, toUnits, type Unit } from './units'

/** With fewer events a day of the kind, a day without them may be chance. */
const ENOUGH_A_DAY = 10

/** The kind must fall to less than a third, compared with the other events of its source. */
const RULES: StepRules = { direction: 'falls', minOf: 20, minDifference: 0, maxRatio: 0.3 }

const KINDS = ['clicks', 'impressions', 'orders'] as const

type Kind = (typeof KINDS)[number]

/**
 * Finds kinds of events that nearly end while other events of the same source go on. Growth, weekends and campaigns change
 * all events of a source, so they do not count, nor does a source that starts or ends.
 */
export function findMissingKinds(groups: readonly CallGroup[]) {
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

function findInUnit(unit: Unit, units: readonly Unit[], kind: Kind) {
  const { source, platform, all, versions } = unit
  const step = findStep(toShares(all, { part: kind, of: 'events' }), RULES)
  if (!step) return undefined
  const [version = ''] = versions.size === 1 ? versions.keys() : []
  const change = toChange({ source, platform, version }, step, all, all)
  const [dailyBefore, dailyAfter] = [change.before, change.after].map((days) => daily(days, kind))
  if (dailyBefore < ENOUGH_A_DAY || dailyAfter > dailyBefore / 2) return undefined
  if (isMoved(unit, units, kind, step.day)) return undefined
  return { ...change, kind, dailyBefore, dailyAfter, costs: costsOf(kind, change, units) }
}

function daily(days: DaysOf, kind: Kind): number {
  return days.size === 0 ? 0 : addUpDays(days.values())[kind] / days.size
}

/** Returns whether another source has the events now, as if the shop reports orders from the server instead. */
function isMoved(unit: Unit, units: readonly Unit[], kind: Kind, day: number): boolean {
  const changeOf = (days: DaysOf): number => {
    const [before, after] = splitDays(days, day)
    return daily(after, kind) - daily(before, kind)
  }
  const others = joinDays(units.filter((each) => each !== unit).map(({ all }) => all))
  return changeOf(others) > -changeOf(unit.all) / 2
}

/** Missing orders would be worth as much as those before. Without clicks, orders lose the credit that they had before. */
function costsOf(kind: Kind, { before, after, step }: Change, units: readonly Unit[]): Cost[] {
  if (kind === 'impressions') return []
  if (kind === 'orders') {
    const [one, other] = [before, after].map((days) => addUpDays(days.values()))
    return joinCosts('not reported', missingRevenue(one, other, 'orders', 'events'))
  }
  const sides = splitDays(joinDays(units.map(({ all }) => all)), step.day)
  const [one, other] = sides.map((days) => addUpDays(days.values()))
  const lost = Object.entries(other.money).map(([currency, { reported, credited }]) => {
    return toMoney(currency, creditedShare(one, currency) * reported - credited)
  })
  return joinCosts('uncredited', lost)
}

function creditedShare({ money }: DayCounts, currency: string): number {
  if (!Object.hasOwn(money, currency)) return 0
  const { reported, credited } = money[currency]
  return reported === 0 ? 0 : credited / reported
}
