import { DAY } from '../../core'
import type { Cost, CostKind, Money, Sample } from '../finding'
import type { WholeCheck, WholeResult } from '../model'
import { countCall } from '../days/count-call'
import { dayName, sayDay } from '../days/days'
import { type Change, findChanges } from '../days/find-changes'
import { addUpDays, type CallGroup, createGroupDays, type DayCounts, type GroupDays } from '../days/group-days'
import { joinCosts, type Measure, MEASURES } from '../days/measures'
import { findMissingKinds } from '../days/missing-kinds'
import { splitDays } from '../days/units'
import { sayList, sayMoneys, saySource } from '../say'

const COSTS: readonly CostKind[] = ['uncredited', 'not reported']

/** A share of clicks, views or orders changed in a step and stayed changed, as after a broken release. */
export const brokenSince: WholeCheck<GroupDays> = {
  code: 'broken-since',
  severity: 'loses money',
  costs: COSTS,
  title: 'Since one day, a share of the events is missing or fails',
  why: 'Up to this day the shop sent a value that Topsort needs, and since then it does not. Such a step is usually a release of the site, the app or the server.',
  cure: 'Compare an event of the day before with one of the day after. Correct what the release of this day has changed, and replay the archive if the values can be restored.',
  start: createGroupDays,
  observe(groups, observation, facts) {
    countCall(observation, facts, groups)
  },
  result: (groups) => toResult(groups.list())
}

/** Changes of one measure on the same day. */
type Incident = {
  day: number
  lastDay: number
  measure: string
  sentence: string
  costs: Cost[]
  samples: Sample[]
}

function toResult(groups: readonly CallGroup[]): WholeResult | undefined {
  const incidents = dropConsequences([
    ...MEASURES.flatMap((measure) => toIncidents(measure, groups)),
    ...findMissingKinds(groups).map(toMissingIncident)
  ])
  incidents.sort(
    (one, other) => amountOf(other) - amountOf(one) || one.day - other.day || (one.measure < other.measure ? -1 : 1)
  )
  const samples = incidents.flatMap((incident) => incident.samples)
  if (samples.length === 0) return undefined
  const costs = COSTS.flatMap((kind) => {
    const ofKind = incidents.flatMap((incident) => incident.costs.filter(({ of }) => of === kind))
    return joinCosts(kind, ofKind)
  })
  return {
    count: samples.length,
    first: Math.min(...incidents.map(({ day }) => day)) * DAY,
    last: Math.max(...incidents.map(({ lastDay }) => lastDay)) * DAY,
    costs: costs.sort((one, other) => other.amount - one.amount),
    samples: samples.slice(0, 10),
    isCostSaid: true,
    sentence: incidents
      .slice(0, 2)
      .map(({ sentence }) => sentence)
      .join(' ')
  }
}

function amountOf({ costs }: Incident): number {
  return costs.at(0)?.amount ?? 0
}

/** Orders without a price fail, so their failure is not a change of its own. */
function dropConsequences(incidents: readonly Incident[]): Incident[] {
  const isSame = (one: Incident, other: Incident): boolean =>
    Math.abs(one.day - other.day) <= 1 &&
    one.samples.some(({ source }) => other.samples.some((sample) => sample.source === source))
  const priced = incidents.filter(({ measure }) => measure === 'order lines with a price')
  return incidents.filter(
    (incident) => incident.measure !== 'events that fail' || !priced.some((each) => isSame(each, incident))
  )
}

/** Joins the changes of a measure that happened on the same day or the next. */
function toIncidents(measure: Measure, groups: readonly CallGroup[]): Incident[] {
  const { changes, hasOthers } = findChanges(groups, measure)
  const sorted = [...changes].sort((one, other) => one.step.day - other.step.day)
  const clusters: Change[][] = []
  for (const change of sorted) {
    const last = clusters.at(-1)
    if (last && change.step.day - last[0].step.day <= 1) last.push(change)
    else clusters.push([change])
  }
  return clusters.map((cluster) => toIncident(measure, cluster, hasOthers || clusters.length > 1, groups))
}

function toIncident(
  measure: Measure,
  changes: readonly Change[],
  hasOthers: boolean,
  groups: readonly CallGroup[]
): Incident {
  const moneys = changes.flatMap((change) => {
    const [one, other] = sidesOf([change])
    return measure.amounts?.(one, other, shopBefore(groups, change.step.day)) ?? []
  })
  const costs = measure.costOf ? joinCosts(measure.costOf, moneys) : []
  const sharesOf = (some: readonly Change[]): [before: number, after: number] => {
    const [before, after] = sidesOf(some).map((counts) => counts[measure.part] / Math.max(1, counts[measure.of]))
    return [before, after]
  }
  const text = measure.say(...sharesOf(changes))
  return toSpoken(measure.name, changes, text, costs, hasOthers, (change) => sharesOf([change]))
}

/** Adds up the days before a day, of all sources. */
function shopBefore(groups: readonly CallGroup[], day: number): DayCounts {
  return addUpDays(groups.flatMap(({ days }) => [...splitDays(days, day)[0].values()]))
}

/** Adds up the days before and after several changes. */
function sidesOf(changes: readonly Change[]): [before: DayCounts, after: DayCounts] {
  return [
    addUpDays(changes.flatMap(({ before }) => [...before.values()])),
    addUpDays(changes.flatMap(({ after }) => [...after.values()]))
  ]
}

function toMissingIncident(missing: ReturnType<typeof findMissingKinds>[number]): Incident {
  const { kind, dailyBefore, dailyAfter, costs } = missing
  const round = (number: number): string => Math.round(number).toLocaleString('en')
  const text = `there are ${round(dailyAfter)} ${kind} a day (${round(dailyBefore)} before)`
  return toSpoken(`${kind} a day`, [missing], text, costs, true, () => [dailyBefore, dailyAfter])
}

function toSpoken(
  measure: string,
  changes: readonly Change[],
  text: string,
  costs: Cost[],
  hasOthers: boolean,
  valuesOf: (change: Change) => [before: number, after: number]
): Incident {
  const day = Math.min(...changes.map(({ step }) => step.day))
  const where = hasOthers ? `Only ${sayList(changes.slice(0, 3).map(saySource))}.` : ''
  return {
    day,
    lastDay: Math.max(...changes.flatMap(({ after }) => [...after.keys()]), day),
    measure,
    sentence: [`Since ${sayDay(day)}, ${text}.`, sayCosts(costs), where].filter(Boolean).join(' '),
    costs,
    samples: changes.map((change) => {
      const { source, platform, version, step } = change
      const [before, after] = valuesOf(change)
      return { messageId: '', measure, day: dayName(step.day), source, platform, version, before, after }
    })
  }
}

function sayCosts(costs: readonly (Money & { of: CostKind })[]): string {
  if (costs.length === 0) return ''
  const what = costs[0].of === 'uncredited' ? 'lost their credit' : 'are not reported'
  return `Orders worth ${sayMoneys(costs)} ${what}.`
}
