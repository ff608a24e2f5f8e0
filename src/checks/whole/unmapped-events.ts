import type { Money, Sample } from '../finding'
import { shortenId } from '../ids'
import type { WholeCheck, WholeResult, WholeWatch } from '../model'
import { addMoneys, byAmount, createSums } from '../money'
import type { EventObservation } from '../observation'
import type { CallFacts } from '../call'
import { dayNumber } from '../days/days'
import { readWorth } from '../orders/call-orders'
import { keepValue, type KeptValue } from '../sketches/kept-value'
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
export const unmappedEvents: WholeCheck = {
  code: 'unmapped-events',
  severity: 'loses data',
  costs: ['not reported'],
  title: 'Events that look like purchases, clicks or views reach no mapping',
  why: 'No mapping takes events of this name, so Topsort never gets them. Views and clicks are not billed, and purchases are not credited.',
  cure: 'Change the trigger of the mapping so that it takes this name too. If the properties have other names as well, add a mapping for them.',
  start
}

/** What is known of the events of one name. */
type Named = {
  likenesses: Partial<Record<Likeness, number>>
  /** The places and their counts, by place. */
  places: Record<string, number>
  first: number
  last: number
  revenue: Money[]
  sample: Sample | null
}

type Counted = TopValue<KeptValue<Named>>

type Saved = { names: unknown; taken: Record<string, number>; takenNames: string[] }

function createNamed(): KeptValue<Named> {
  const named = { likenesses: {}, places: {}, first: Infinity, last: -Infinity, revenue: [], sample: null }
  return keepValue<Named>(named, join)
}

function createNames() {
  return createTopValues(MAX_NAMES, createNamed)
}

function start(): WholeWatch {
  const names = createNames()
  /** How many events of each kind are taken, by place. */
  const taken = new Map<string, number>()
  const takenNames = new Set<string>()

  function take(observation: EventObservation, facts: CallFacts): void {
    const name = nameOf(observation)
    if (takenNames.size < MAX_NAMES) takenNames.add(name)
    for (const { action } of observation.deliveries) {
      const likeness = likenessOfAction(action)
      if (likeness === undefined) continue
      const place = placeOf(facts, likeness)
      if (taken.has(place) || taken.size < MAX_PLACES) taken.set(place, (taken.get(place) ?? 0) + 1)
    }
  }

  return {
    observe(observation, facts) {
      if (observation.deliveries.length > 0) take(observation, facts)
      else if (!observation.isKeptOut) note(names.add(nameOf(observation)).value, observation, facts)
    },
    // If a mapping takes some events of a name, the others are left out on purpose.
    result: () =>
      toResult(
        names.list().filter(({ value }) => !takenNames.has(value)),
        taken
      ),
    save: (): Saved => ({
      names: names.save(),
      taken: Object.fromEntries([...taken].sort(([one], [other]) => (one < other ? -1 : 1))),
      takenNames: [...takenNames].sort()
    }),
    merge(saved) {
      const { names: others, taken: otherTaken, takenNames: otherNames } = saved as Saved
      names.merge(others)
      for (const [place, times] of Object.entries(otherTaken)) taken.set(place, (taken.get(place) ?? 0) + times)
      for (const name of otherNames) takenNames.add(name)
    }
  }
}

/** Adds an event to what is known of its name. */
function note(named: Named, { event }: EventObservation, facts: CallFacts): void {
  named.first = Math.min(named.first, facts.time)
  named.last = Math.max(named.last, facts.time)
  const likeness = findLikeness(event)
  if (likeness === undefined) return
  named.likenesses[likeness] = (named.likenesses[likeness] ?? 0) + 1
  const place = placeOf(facts, likeness)
  if (Object.hasOwn(named.places, place)) named.places[place] += 1
  else if (Object.keys(named.places).length < MAX_PLACES / 10) named.places[place] = 1
  named.sample ??= { messageId: shortenId(event.messageId) }
  if (likeness === 'purchase') named.revenue = addMoneys(named.revenue, [readWorth(event.properties)])
}

function join(one: Named, other: Named): void {
  for (const [key, times] of Object.entries(other.likenesses)) {
    const likeness = key as Likeness
    one.likenesses[likeness] = (one.likenesses[likeness] ?? 0) + times
  }
  for (const [place, times] of Object.entries(other.places)) one.places[place] = (one.places[place] ?? 0) + times
  // JSON has no infinity.
  if (typeof other.first === 'number') one.first = Math.min(one.first, other.first)
  if (typeof other.last === 'number') one.last = Math.max(one.last, other.last)
  one.revenue = addMoneys(one.revenue, other.revenue)
  one.sample ??= other.sample
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
  const most = Object.entries(likenesses).sort(([, one], [, other]) => other - one)
  const [best] = most.filter(([, times]) => times * 2 >= count)
  return (best as [Likeness, number] | undefined)?.[0]
}

function toResult(names: readonly Counted[], taken: ReadonlyMap<string, number>): WholeResult | undefined {
  const found = names.flatMap(({ value: name, count, sketch: { value } }) => {
    const looksLike = likenessOf(value, count)
    return looksLike === undefined || !isMissing(value, taken) ? [] : [{ name, count, looksLike, ...value }]
  })
  if (found.length === 0) return undefined
  found.sort((one, other) => compareRevenue(one.revenue, other.revenue) || other.count - one.count)
  const sums = createSums()
  for (const { revenue } of found) revenue.forEach(sums.add)
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
function isMissing({ places }: Named, taken: ReadonlyMap<string, number>): boolean {
  const all = Object.entries(places)
  const missing = all.reduce((sum, [place, times]) => {
    const others = taken.get(place) ?? 0
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
  names.merge((Object(saved) as Partial<Saved>).names ?? [])
  return names
    .list()
    .slice(0, MAX_LISTED)
    .map(({ value, count, sketch }) => ({
      name: value,
      count,
      looksLike: likenessOf(sketch.value, count) ?? null
    }))
}
