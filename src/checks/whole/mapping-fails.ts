import type { Sample } from '../finding'
import type { WholeCheck, WholeResult } from '../model'
import { createSums } from '../money'
import type { EventObservation, MappingDelivery } from '../observation'
import { readOrderId, shortenId } from '../properties'
import type { CallFacts } from '../call'
import { readCallerIds } from '../read-facts'
import { isTemporary } from '../reasons'
import { readWorth } from '../orders/call-orders'
import { dayName, dayNumber, isDay, sayDay } from '../days/days'
import { sayCount, sayList, sayShare, saySource } from '../say'
import { createCounts, createDayShares, createNamed } from '../sketches/keyed'
import { joinSketches, keepValue } from '../sketches/sketch'
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
export const mappingFails: WholeCheck<Seen> = {
  code: 'mapping-fails',
  severity: 'loses data',
  costs: ['not reported'],
  title: 'Most events of a mapping fail',
  why: 'The mapping does not fit what the shop sends, so Topsort gets few of these events or none. Clicks that fail are not billed, and orders that fail are not credited.',
  cure: 'Map the field to the key that holds the value. If the key has changed in a release, correct the release or map both keys.',
  start,
  observe(seen, observation, facts) {
    for (const delivery of observation.deliveries) {
      if (!delivery.ok && isTemporary(delivery.reason)) continue
      const group = findGroup(seen, delivery.mapping, facts.source)
      if (group) count(group, observation, facts, delivery)
    }
  },
  result({ groups }) {
    return toResult(
      groups.list().map(([key, { days, fields }]): Group => {
        return { ...(JSON.parse(key) as Place), days: days.list(), fields: fields.list() }
      })
    )
  }
}

/** A mapping, and where its events come from. */
type Place = { mapping: string; source: string; platform: string; version: string }

/** What is known of the events of a place. */
type Group = Place & {
  days: ReturnType<Counted['days']['list']>
  fields: [name: string, field: FailedField][]
}

type Seen = ReturnType<typeof start>

function start() {
  const groups = createNamed(MAX_GROUPS, createCounted)
  /** The same groups by source and mapping, to find them quickly. */
  const ofSources = new WeakMap<CallSource, Map<string, Counted>>()
  return { groups, ofSources, save: groups.save, merge: groups.merge }
}

type Counted = ReturnType<typeof createCounted>

/** The events that a mapping took from one source, platform and version, and those that failed, by field. */
function createCounted() {
  return joinSketches({ days: createDayShares(MAX_DAYS), fields: createNamed(Infinity, createFailedField) })
}

type FailedField = ReturnType<typeof createFailedField>

/** The events of a group that failed for one field. `paths` says how many calls have a value at each path. */
function createFailedField() {
  const first: { time: number; sample: Sample } = { time: Infinity, sample: { messageId: '' } }
  const failed = keepValue(
    { count: 0, first, last: -Infinity },
    { first: (one, other) => (other.time < one.time ? other : one), last: Math.max }
  )
  return joinSketches({ failed, paths: createCounts(MAX_PATHS), revenue: createSums() })
}

function findGroup({ groups, ofSources }: Seen, mapping: string, from: CallSource): Counted | undefined {
  const known = ofSources.get(from)?.get(mapping)
  if (known) return known
  const { source, platform, version } = from
  const group = groups.find(JSON.stringify({ mapping, source, platform, version } satisfies Place))
  if (group) {
    const ofSource = ofSources.get(from) ?? new Map<string, Counted>()
    ofSources.set(from, ofSource.set(mapping, group))
  }
  return group
}

/** Stands for all days that are outside the calendar. */
const UNKNOWN_DAY = Number.MAX_SAFE_INTEGER

function count(
  { days, fields }: Counted,
  observation: EventObservation,
  { time }: CallFacts,
  delivery: MappingDelivery
): void {
  const day = dayNumber(time)
  days.add(isDay(day) ? day : UNKNOWN_DAY, !delivery.ok)
  if (delivery.ok) return
  const { event } = observation
  const name = failedField(delivery.reason) || (delivery.reason?.code ?? '')
  const field = fields.find(name)
  if (!field) return
  const { value } = field.failed
  if (value.count === 0) value.first = { time, sample: toSample(observation) }
  value.count += 1
  value.first.time = Math.min(value.first.time, time)
  value.last = Math.max(value.last, time)
  for (const path of findSiblings(event, name)) field.paths.add(path)
  if (delivery.action === 'purchase') field.revenue.add(readWorth(event.properties))
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

function toResult(groups: readonly Group[]): WholeResult | undefined {
  const failing = groups.filter((group) => {
    const all = groups.filter(({ mapping }) => mapping === group.mapping)
    return countOf([group]).failed > 0 && (isFailing([group]) || isFailing(all) || isLikeFailing(group, all))
  })
  const cases = failing.flatMap((group) => group.fields.map(([name, field]) => toCase(group, name, field)))
  cases.sort((one, other) => one.rank - other.rank || one.first - other.first)
  if (cases.length === 0) return undefined
  const sums = createSums()
  for (const { revenue } of cases) sums.merge(revenue)
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
  const days = groups.flatMap((group) => group.days)
  return {
    taken: days.reduce((sum, [, taken]) => sum + taken, 0),
    failed: days.reduce((sum, [, , failed]) => sum + failed, 0)
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

function toCase(group: Group, name: string, { failed, paths, revenue }: FailedField) {
  const { mapping, source, platform, version, days } = group
  const { count, first, last } = failed.value
  const usual = paths.list().filter(([, times]) => times >= count * USUAL)
  const found = usual.sort(([, one], [, other]) => other - one).at(0)?.[0]
  const [since = dayNumber(first.time)] = days.find(([, taken, failing]) => failing >= taken * MOST) ?? []
  const sample: Sample = {
    ...first.sample,
    mapping,
    field: name,
    ...(found !== undefined && { found }),
    source,
    platform,
    version,
    since: since === UNKNOWN_DAY ? 'unknown' : dayName(since)
  }
  const worth = revenue.list()
  const rank = -(worth.at(0)?.amount ?? 0) * 1e6 - count
  return { group, count, first: first.time, last, sample, revenue: worth, rank }
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
