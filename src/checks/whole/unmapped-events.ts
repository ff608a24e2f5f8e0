import type { Money, Sample } from '../finding'
import { shortenId } from '../properties'
import type { WholeCheck, WholeResult } from '../model'
import { byAmount, createSums } from '../money'
import type { EventObservation } from '../observation'
import type { CallFacts } from '../call'
import { dayNumber } from '../days/days'
import { readWorth } from '../orders/call-orders'
import { type Counts, createCounts } from '../sketches/keyed'
import { createPeriod, joinSketches, keepValue } from '../sketches/sketch'
import { createTopValues, type TopValue } from '../sketches/top-values'
import { findLikeness, type Likeness, likenessOfAction } from './looks-like'
import { sayCount, sayList } from '../say'

/** A name of events that no mapping takes. */
export type UnmappedName = {
  /** The name of the event, or the type of a call without a name, such as `identify`. */
  name: string
  count: number
  /** What it looks like: `purchase`, `click`, `impression` or `list of impressions`. Null if it looks like none. */
  looksLike: string | null
}

/** The names that are kept, and those that are listed. */
const MAX_NAMES = 200
const MAX_LISTED = 20

/** Sources and days for which the events of each kind are counted. */
const MAX_PLACES = 20_000

const MAX_NAME_LENGTH = 100

/** If at least this share of the events has no counterpart that a mapping takes, they are missing at Topsort. */
const MISSING = 0.5

/** Events that no mapping takes look like purchases, clicks or views. */
export const unmappedEvents: WholeCheck<Seen> = {
  code: 'unmapped-events',
  severity: 'loses data',
  costs: ['not reported'],
  title: 'Events that look like purchases, clicks or views reach no mapping',
  why: 'No mapping takes events of this name, so Topsort never gets them. Views and clicks are not billed, and purchases are not credited.',
  cure: 'Change the trigger of the mapping so that it takes this name too. If the properties have other names as well, add a mapping for them.',
  start,
  observe(seen, observation, facts) {
    if (observation.deliveries.length > 0) take(seen, observation, facts)
    else if (!observation.isKeptOut) note(seen.names.add(nameOf(observation)), observation, facts)
  },
  result({ names, taken, takenNames }) {
    // If a mapping takes some events of a name, the others are left out on purpose.
    const untaken = names.list().filter(({ value }) => takenNames.get(value) === 0)
    return toResult(untaken, taken)
  }
}

type Seen = ReturnType<typeof start>

/** The names that no mapping takes, how many events of each kind are taken, by place, and the names of these. */
function start() {
  return joinSketches({
    names: createNames(),
    taken: createCounts(MAX_PLACES),
    takenNames: createCounts(MAX_NAMES)
  })
}

function createNames() {
  return createTopValues(MAX_NAMES, createNamed)
}

type Named = ReturnType<typeof createNamed>

/** What is known of the events of one name. */
function createNamed() {
  return joinSketches({
    likenesses: createCounts<Likeness>(),
    places: createCounts(MAX_PLACES / 10),
    revenue: createSums(),
    period: createPeriod(),
    example: keepValue<{ sample: Sample | null }>({ sample: null })
  })
}

type Counted = TopValue<Named>

function take({ taken, takenNames }: Seen, observation: EventObservation, facts: CallFacts): void {
  takenNames.add(nameOf(observation))
  for (const { action } of observation.deliveries) {
    const likeness = likenessOfAction(action)
    if (likeness !== undefined) taken.add(placeOf(facts, likeness))
  }
}

/** Adds an event to what is known of its name. */
function note(
  { likenesses, places, revenue, period, example }: Named,
  { event }: EventObservation,
  facts: CallFacts
): void {
  period.add(facts.time)
  const likeness = findLikeness(event)
  if (likeness === undefined) return
  likenesses.add(likeness)
  places.add(placeOf(facts, likeness))
  example.value.sample ??= { messageId: shortenId(event.messageId) }
  if (likeness === 'purchase') revenue.add(readWorth(event.properties))
}

function nameOf({ event: { type, event, name } }: EventObservation): string {
  return (event ?? (type === 'track' ? name : undefined) ?? type).slice(0, MAX_NAME_LENGTH)
}

/** A shop may send one event under two names. So events are compared with those of the same kind, source and day. */
function placeOf({ time, source: { source, platform } }: CallFacts, likeness: Likeness): string {
  const kind = likeness === 'list of impressions' ? 'impression' : likeness
  return `${kind} ${dayNumber(time)} ${platform} ${source}`
}

function likenessOf({ likenesses }: Named, count: number): Likeness | undefined {
  const most = likenesses.list().sort(([, one], [, other]) => other - one)
  return most.find(([, times]) => times * 2 >= count)?.[0]
}

function toResult(names: readonly Counted[], taken: Counts): WholeResult | undefined {
  const found = names.flatMap(({ value: name, count, sketch }) => {
    const looksLike = likenessOf(sketch, count)
    if (looksLike === undefined || !isMissing(sketch, taken)) return []
    return [{ ...sketch.period.value, ...sketch.example.value, name, count, looksLike, revenue: sketch.revenue.list() }]
  })
  if (found.length === 0) return undefined
  found.sort((one, other) => compareRevenue(one.revenue, other.revenue) || other.count - one.count)
  const sums = createSums()
  for (const { revenue } of found) sums.merge(revenue)
  return {
    count: found.reduce((sum, { count }) => sum + count, 0),
    first: Math.min(...found.map(({ first }) => first)),
    last: Math.max(...found.map(({ last }) => last)),
    costs: sums.costs('not reported'),
    samples: found.slice(0, 10).map(({ sample, name, looksLike }) => ({ messageId: '', ...sample, name, looksLike })),
    sentence: toSentence(found)
  }
}

function compareRevenue(one: readonly Money[], other: readonly Money[]): number {
  const nothing: Money = { amount: 0, currency: null }
  return byAmount(one.at(0) ?? nothing, other.at(0) ?? nothing)
}

/**
 * Returns whether most of the events have no counterpart, of the same kind, source and day, that a mapping takes. A shop
 * may report either lists or single products as impressions, so any impressions are a counterpart of all others.
 */
function isMissing({ places }: Named, taken: Counts): boolean {
  const all = places.list()
  const missing = all.reduce((sum, [place, times]) => {
    const others = taken.get(place)
    return sum + (place.startsWith('impression') && others > 0 ? 0 : Math.max(0, times - others))
  }, 0)
  return missing >= all.reduce((sum, [, times]) => sum + times, 0) * MISSING
}

function toSentence(found: readonly { name: string; count: number; looksLike: Likeness }[]): string {
  const named = found.slice(0, 3).map(({ name, count, looksLike }) => {
    return `"${name}" (${sayCount(count, 'event')}, like a ${looksLike})`
  })
  const more = found.length - named.length
  return `No mapping takes ${sayList([...named, ...(more > 0 ? [sayCount(more, 'more name')] : [])])}.`
}

/**
 * Returns the names of the events that no mapping takes, the most frequent first, at most 20.
 *
 * @param saved the sketches of `unmapped-events`, as the check saves them
 */
export function listUnmappedNames(saved: unknown): UnmappedName[] {
  const names = createNames()
  names.merge((Object(saved) as { names?: unknown }).names ?? [])
  return names
    .list()
    .slice(0, MAX_LISTED)
    .map(({ value, count, sketch }) => ({
      name: value,
      count,
      looksLike: likenessOf(sketch, count) ?? null
    }))
}
