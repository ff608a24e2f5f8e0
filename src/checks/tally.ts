import type { Finding, Sighting } from './finding'
import type { Marks } from './marks'
import { createSums } from './money'
import type { Sums } from './money'
import type { Check, Group, WholeResult } from './model'
import { removeEmpty } from './sighting'
import { createTimeline, type Timeline } from './timeline'
import { toFinding } from './to-finding'

/** Counts the sightings of one check. */
export type FindingTally = {
  check: Check
  count: () => number
  /** Adds a sighting that is never removed. */
  keep: (sighting: Sighting) => void
  /**
   * Replaces the sightings of a group.
   *
   * @param isFinal whether to keep counting the sightings that are missing now. True if they are missing only because
   *   old facts were dropped
   */
  replace: (group: Group, sightings: Sighting[], isFinal: boolean) => void
  /** Returns the finding, or undefined if there is no sighting. */
  finding: () => Finding | undefined
  /** Returns the cases over time. Empty without `hasTimeline`. */
  timeline: () => Timeline
}

/** Options of a tally. Default: false. */
export type TallyOptions = {
  /** Whether each sample has the text that sorts it. */
  hasSortKeys?: boolean
  /** Whether it counts the cases over time. */
  hasTimeline?: boolean
}

const MAX_SAMPLES = 10

/**
 * Creates the empty tally of a check.
 *
 * @param marks are told which events the sightings are about
 */
export function createFindingTally(check: Check, marks: Marks, options: TallyOptions = {}): FindingTally {
  const { hasSortKeys = false, hasTimeline = false } = options
  const kept: Seen = { count: 0, first: Infinity, last: -Infinity, newest: [], sums: createSums() }
  const keptTimes = createTimeline()
  const groups = new Set<Group>()
  let current = 0

  const keep = (sighting: Sighting): void => {
    kept.count += 1
    addTo(kept, sighting)
    if (hasTimeline) keptTimes.add(sighting.time)
    marks.add(check.code, sighting.sample.messageId)
  }

  const markChanges = (before: Sighting[], now: Sighting[]): void => {
    const [old, current] = [toMessageIds(before), toMessageIds(now)]
    for (const id of current) if (!old.has(id)) marks.add(check.code, id)
    for (const id of old) if (!current.has(id)) marks.remove(check.code, id)
  }

  function* currentSightings(): Generator<Sighting> {
    for (const group of groups) yield* group.sightings?.get(check) ?? []
  }

  return {
    check,
    count: () => kept.count + current,
    keep,
    replace(group, sightings, isFinal) {
      const before = group.sightings?.get(check) ?? []
      if (before.length === 0 && sightings.length === 0) return
      if (isFinal && before.length > 0) findMissing(before, sightings).forEach(keep)
      markChanges(before, sightings)
      current += sightings.length - before.length
      if (sightings.length > 0) {
        group.sightings ??= new Map()
        group.sightings.set(check, sightings)
        groups.add(group)
      } else {
        group.sightings?.delete(check)
        groups.delete(group)
      }
    },
    finding() {
      const count = kept.count + current
      if (count === 0) return undefined
      const all = { ...kept, count, newest: [...kept.newest], sums: createSums(kept.sums.list()) }
      for (const sighting of currentSightings()) addTo(all, sighting)
      return toFinding(check, toResult(check, all, hasSortKeys))
    },
    timeline() {
      const times = keptTimes.copy()
      if (hasTimeline) for (const { time } of currentSightings()) times.add(time)
      return times
    }
  }
}

/** What is known of all sightings of a check. */
type Seen = { count: number; first: number; last: number; newest: Sighting[]; sums: Sums }

function addTo(seen: Seen, sighting: Sighting): void {
  seen.first = Math.min(seen.first, sighting.time)
  seen.last = Math.max(seen.last, sighting.time)
  addNewest(seen.newest, sighting)
  seen.sums.add(sighting.revenue)
}

function toResult({ costs }: Check, { count, first, last, newest, sums }: Seen, hasSortKeys: boolean): WholeResult {
  return {
    count,
    first,
    last,
    costs: costs ? sums.costs(costs) : [],
    samples: newest.map((sighting) => {
      const sample = removeEmpty(sighting.sample)
      return hasSortKeys ? { ...sample, sortKey: toSortKey(sighting) } : sample
    })
  }
}

/** Returns the sightings that are missing now. Repeats of one event have the same key, so their number counts. */
function findMissing(before: Sighting[], now: Sighting[]): Sighting[] {
  const rest = now.map(({ key }) => key)
  return before.filter(({ key }) => {
    const place = rest.indexOf(key)
    if (place >= 0) rest.splice(place, 1)
    return place < 0
  })
}

function toMessageIds(sightings: Sighting[]): Set<string> {
  return new Set(sightings.map(({ sample }) => sample.messageId))
}

/** Adds a sighting to the list of the newest ones, sorted by time. */
function addNewest(newest: Sighting[], sighting: Sighting): void {
  let place = newest.length
  while (place > 0 && isNewer(newest[place - 1], sighting)) place -= 1
  if (place === 0 && newest.length === MAX_SAMPLES) return
  newest.splice(place, 0, sighting)
  if (newest.length > MAX_SAMPLES) newest.shift()
}

function isNewer(one: Sighting, other: Sighting): boolean {
  if (one.time !== other.time) return one.time > other.time
  if (one.key !== other.key) return one.key > other.key
  return (one.sample.otherMessageId ?? '') > (other.sample.otherMessageId ?? '')
}

/** Moves all times above 0, so that their digits sort them. */
const EPOCH_SHIFT = 10 ** 16

/** Returns a text that sorts as `isNewer` does. */
function toSortKey({ time, key, sample }: Sighting): string {
  return [String(Math.round(time) + EPOCH_SHIFT).padStart(17, '0'), key, sample.otherMessageId ?? ''].join('\n')
}
