import { type Finding, type Sighting, toFinding } from './finding'
import type { Marks } from './marks'
import type { Check, Group } from './model'
import { type Cases, createCases, joinCases } from './sketches/cases'
import { createTimeline, type Timeline } from './timeline'
import { SECOND } from '../core'

/** Counts the sightings of one check. */
export type FindingTally = ReturnType<typeof createFindingTally>

/**
 * Creates the empty tally of a check.
 *
 * @param marks are told which events the sightings are about
 * @param hasSortKeys whether each sample has the text that sorts it
 * @param hasTimeline whether it counts the cases over time
 */
export function createFindingTally(check: Check, marks: Marks, hasSortKeys: boolean, hasTimeline: boolean) {
  const kept = createCases()
  const keptTimes = createTimeline()
  const groups = new Set<Group>()
  let current = 0

  /** Adds a sighting that is never removed. */
  const keep = (sighting: Sighting): void => {
    kept.add(sighting)
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
    count: (): number => kept.count() + current,
    keep,
    /**
     * Replaces the sightings of a group.
     *
     * @param isFinal whether to keep counting the sightings that are missing now. True if they are missing only because
     *   old facts were dropped
     */
    replace(group: Group, sightings: Sighting[], isFinal: boolean): void {
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
    /** Returns the finding, or undefined if there is no sighting. */
    finding: (): Finding | undefined => {
      if (kept.count() + current === 0) return undefined
      const all = joinCases([kept])
      for (const sighting of currentSightings()) all.add(sighting)
      const figures = all.figures(check.costs)
      return toFinding(check, hasSortKeys ? { ...figures, samples: all.newest().map(toSortedSample) } : figures)
    },
    /** Returns the cases over time. Empty without `hasTimeline`. */
    timeline(): Timeline {
      const times = keptTimes.copy()
      if (hasTimeline) for (const { time } of currentSightings()) times.add(time)
      return times
    }
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

/** Moves all times above 0, so that their digits sort them. */
const EPOCH_SHIFT = 10 ** 16

/** Adds a text to a sample that sorts it as `Cases` does. */
function toSortedSample({ time, key, sample }: ReturnType<Cases['newest']>[number]): Finding['samples'][number] {
  const digits = String(Math.round(time) + EPOCH_SHIFT).padStart(17, '0')
  return { ...sample, sortKey: [digits, key, sample.otherMessageId ?? ''].join('\n') }
}

/**
 * How long to wait before showing a finding that a later observation can remove. Each mapping delivers its own batches,
 * so an order can arrive before the click that led to it.
 */
const WAIT = 5 * SECOND

/**
 * Decides when the terminal shows the finding of a check: for the first case, and when the count reaches a power of ten.
 *
 * @returns a function that returns whether to show the finding now. It takes the newest time of receipt, in milliseconds
 *   since 1970, and whether all pending events are delivered
 */
export function createAnnouncer({ check, count }: Pick<FindingTally, 'check' | 'count'>) {
  let level = 1
  let since: number | undefined

  return (now: number, isQuiet: boolean): boolean => {
    if (count() < level) {
      since = undefined
      return false
    }
    since ??= now
    if (check.canBeTakenBack && !isQuiet && now - since < WAIT) return false
    since = undefined
    while (level <= count()) level *= 10
    return true
  }
}
