import type { Money, Sample } from '../finding'
import { shortenId } from '../ids'
import type { WholeCheck, WholeResult, WholeWatch } from '../model'
import { addMoneys, createSums } from '../money'
import type { EventObservation, MappingDelivery } from '../observation'
import { readOrderId } from '../properties'
import type { CallFacts } from '../call'
import { readCallerIds } from '../read-facts'
import { isTemporary } from '../reasons'
import { readWorth } from '../orders/call-orders'
import { dayName, dayNumber, isDay, sayDay } from '../days/days'
import { sayCount, sayList, saySource, sayShare } from '../say'
import { failedField, findSiblings } from './sibling'
import type { CallSource } from '../source'

/** A mapping fails if at least this share of its events fails. A few percent are normal. */
const MOST = 0.5

/** Fewer failures show nothing about a mapping. */
const ENOUGH = 10

/** A key holds the value if at least this share of the calls has it. */
const USUAL = 0.8

const MAX_GROUPS = 200
const MAX_PATHS = 40
const MAX_DAYS = 400

/** Most events of a mapping fail, in the whole or of one source and version. */
export const mappingFails: WholeCheck = {
  code: 'mapping-fails',
  severity: 'loses data',
  costs: ['not reported'],
  title: 'Most events of a mapping fail',
  why: 'The mapping does not fit what the shop sends, so Topsort gets few of these events or none. Clicks that fail are not billed, and orders that fail are not credited.',
  cure: 'Map the field to the key that holds the value. If the key has changed in a release, correct the release or map both keys.',
  start
}

/** The events of one mapping from one source, platform and version. */
type Group = {
  mapping: string
  source: string
  platform: string
  version: string
  /** Events that the mapping took and that failed, by day. */
  days: Record<string, [taken: number, failed: number]>
  fields: Record<string, FailedField>
}

/** The events of a group that failed for one field. */
type FailedField = {
  count: number
  first: number
  last: number
  /** How many calls have a value at each path. */
  paths: Record<string, number>
  revenue: Money[]
  sample: Sample
}

function start(): WholeWatch {
  const groups = new Map<string, Group>()
  /** The same groups by source and mapping, to find them quickly. */
  const ofSources = new WeakMap<CallSource, Map<string, Group>>()

  function findGroup(mapping: string, from: CallSource): Group | undefined {
    const cached = ofSources.get(from)?.get(mapping)
    if (cached) return cached
    const { source, platform, version } = from
    const key = JSON.stringify([mapping, source, platform, version])
    let group = groups.get(key)
    if (!group && groups.size < MAX_GROUPS) {
      group = { mapping, source, platform, version, days: {}, fields: {} }
      groups.set(key, group)
    }
    if (group) {
      const ofSource = ofSources.get(from) ?? new Map<string, Group>()
      ofSources.set(from, ofSource.set(mapping, group))
    }
    return group
  }

  return {
    observe(observation, facts) {
      for (const delivery of observation.deliveries) {
        if (!delivery.ok && isTemporary(delivery.reason)) continue
        const group = findGroup(delivery.mapping, facts.source)
        if (group) count(group, observation, facts, delivery)
      }
    },
    result: () => toResult([...groups.values()]),
    save: () => Object.fromEntries([...groups].sort(([one], [other]) => (one < other ? -1 : 1))),
    merge(saved) {
      for (const [key, other] of Object.entries(saved as Record<string, Group>)) {
        const group = groups.get(key)
        if (group) join(group, other)
        else if (groups.size < MAX_GROUPS) groups.set(key, structuredClone(other))
      }
    }
  }
}

function count(
  { days, fields }: Group,
  observation: EventObservation,
  { time }: CallFacts,
  delivery: MappingDelivery
): void {
  const name = isDay(dayNumber(time)) ? dayName(dayNumber(time)) : 'unknown'
  if (!Object.hasOwn(days, name) && Object.keys(days).length < MAX_DAYS) days[name] = [0, 0]
  const day = Object.hasOwn(days, name) ? days[name] : [0, 0]
  day[0] += 1
  if (delivery.ok) return
  day[1] += 1
  const { event } = observation
  const fieldName = failedField(delivery.reason) || (delivery.reason?.code ?? '')
  fields[fieldName] ??= { count: 0, first: time, last: time, paths: {}, revenue: [], sample: toSample(observation) }
  const field = fields[fieldName]
  field.count += 1
  field.first = Math.min(field.first, time)
  field.last = Math.max(field.last, time)
  for (const path of findSiblings(event, fieldName)) {
    if (Object.hasOwn(field.paths, path)) field.paths[path] += 1
    else if (Object.keys(field.paths).length < MAX_PATHS) field.paths[path] = 1
  }
  if (delivery.action === 'purchase') field.revenue = addMoneys(field.revenue, [readWorth(event.properties)])
}

function toSample(observation: EventObservation): Sample {
  const { messageId, properties } = observation.event
  const user = readCallerIds(observation).at(0)
  const order = readOrderId(properties)
  return {
    messageId: shortenId(messageId),
    ...(user !== undefined && { user }),
    ...(order !== undefined && { order: shortenId(order) })
  }
}

function join(group: Group, other: Group): void {
  for (const [name, [taken, failed]] of Object.entries(other.days)) {
    const [ownTaken, ownFailed] = group.days[name] ?? [0, 0]
    group.days[name] = [ownTaken + taken, ownFailed + failed]
  }
  for (const [name, field] of Object.entries(other.fields)) {
    group.fields[name] = Object.hasOwn(group.fields, name)
      ? joinFields(group.fields[name], field)
      : structuredClone(field)
  }
}

function joinFields(one: FailedField, other: FailedField): FailedField {
  const paths = { ...one.paths }
  for (const [path, times] of Object.entries(other.paths)) paths[path] = (paths[path] ?? 0) + times
  return {
    count: one.count + other.count,
    first: Math.min(one.first, other.first),
    last: Math.max(one.last, other.last),
    paths,
    revenue: addMoneys(one.revenue, other.revenue),
    sample: other.first < one.first ? other.sample : one.sample
  }
}

function toResult(groups: readonly Group[]): WholeResult | undefined {
  const failing = groups.filter((group) => {
    const all = groups.filter(({ mapping }) => mapping === group.mapping)
    return countOf([group]).failed > 0 && (isFailing([group]) || isFailing(all) || isLikeFailing(group, all))
  })
  const cases = failing.flatMap((group) =>
    Object.entries(group.fields).map(([field, failed]) => toCase(group, field, failed))
  )
  cases.sort((one, other) => one.rank - other.rank || one.first - other.first)
  if (cases.length === 0) return undefined
  const sums = createSums()
  for (const { revenue } of cases) revenue.forEach(sums.add)
  return {
    count: cases.reduce((sum, each) => sum + each.count, 0),
    first: Math.min(...cases.map(({ first }) => first)),
    last: Math.max(...cases.map(({ last }) => last)),
    costs: sums.costs('not reported'),
    samples: cases.slice(0, 10).map(({ sample }) => sample),
    sentence: toSentence(cases[0].group, cases[0].sample, groups)
  }
}

function countOf(groups: readonly Group[]): { taken: number; failed: number } {
  const days = groups.flatMap((group) => Object.values(group.days))
  return {
    taken: days.reduce((sum, [taken]) => sum + taken, 0),
    failed: days.reduce((sum, [, failed]) => sum + failed, 0)
  }
}

function isFailing(groups: readonly Group[]): boolean {
  const { taken, failed } = countOf(groups)
  return failed >= ENOUGH && failed >= taken * MOST
}

/** Returns whether a version with few events fails as another version of its source does. */
function isLikeFailing(group: Group, all: readonly Group[]): boolean {
  const { taken, failed } = countOf([group])
  return (
    failed >= taken * MOST &&
    all.some((other) => other.source === group.source && other.platform === group.platform && isFailing([other]))
  )
}

function toCase(group: Group, field: string, failed: FailedField) {
  const { mapping, source, platform, version, days } = group
  const [path] = Object.entries(failed.paths)
    .filter(([, times]) => times >= failed.count * USUAL)
    .sort(([onePath, one], [otherPath, other]) => other - one || (onePath < otherPath ? -1 : 1))
  const failingDays = Object.keys(days).filter((day) => days[day][1] >= days[day][0] * MOST)
  const since = failingDays.sort().at(0) ?? dayName(dayNumber(failed.first))
  const found = path as [string, number] | undefined
  const sample: Sample = {
    ...failed.sample,
    mapping,
    field,
    ...(found && { found: found[0] }),
    source,
    platform,
    version,
    since
  }
  const worth = failed.revenue.at(0)?.amount ?? 0
  return { ...failed, group, sample, rank: -worth * 1e6 - failed.count }
}

function toSentence(group: Group, { field = '', found, since = '' }: Sample, groups: readonly Group[]): string {
  const same = groups.filter(({ mapping }) => mapping === group.mapping)
  const failing = same.filter((each) => isFailing([each]) || isLikeFailing(each, same))
  const others = same.filter((each) => !failing.includes(each) && countOf([each]).taken >= ENOUGH)
  const { taken, failed } = countOf(failing.length > 0 ? failing : same)
  const where = failing.length > 0 && others.length > 0 ? ` Only ${sayList(failing.slice(0, 3).map(saySource))}.` : ''
  const cause =
    found === undefined
      ? `${field} has no usable value`
      : `${field} has no usable value, but the events have one in properties.${found}`
  const day = since === 'unknown' ? '' : `Since ${sayDay(dayNumber(Date.parse(since)))}, `
  const share = `${sayShare(failed / taken)} of the events that the mapping ${group.mapping} takes fail (${sayCount(failed, 'event')})`
  return `${day}${share}: ${cause}.${where}`
}
