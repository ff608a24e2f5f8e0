import { compareText } from '../compare-text'
import type { Interaction } from './interaction'

/** Interactions by the time from which they count. They are sorted when they are read, because most arrive in order. */
export type Timeline = { interactions: Interaction[]; isSorted: boolean }

/** Opens an empty timeline. */
export function createTimeline(): Timeline {
  return { interactions: [], isSorted: true }
}

/** Adds an interaction. */
export function addToTimeline(timeline: Timeline, interaction: Interaction): void {
  const last = timeline.interactions.at(-1)
  if (last && compareInteractions(last, interaction) > 0) timeline.isSorted = false
  timeline.interactions.push(interaction)
}

/** Returns the last interaction that counts at `time`, in epoch milliseconds. */
export function findLast(timeline: Timeline | undefined, time: number): Interaction | undefined {
  if (!timeline) return undefined
  const count = countUntil(timeline, time)
  return count === 0 ? undefined : timeline.interactions[count - 1]
}

/** Returns the first interaction that counts only after `time`, in epoch milliseconds. */
function findNext(timeline: Timeline | undefined, time: number): Interaction | undefined {
  return timeline && timeline.interactions.at(countUntil(timeline, time))
}

/** Returns the last interaction of several timelines that counts at `time`, in epoch milliseconds. */
export function findLastOf(timelines: (Timeline | undefined)[], time: number): Interaction | undefined {
  return sortFound(timelines.map((timeline) => findLast(timeline, time))).at(-1)
}

/** Returns the first interaction of several timelines that counts only after `time`, in epoch milliseconds. */
export function findNextOf(timelines: (Timeline | undefined)[], time: number): Interaction | undefined {
  return sortFound(timelines.map((timeline) => findNext(timeline, time))).at(0)
}

function sortFound(found: (Interaction | undefined)[]): Interaction[] {
  return found.filter((interaction) => interaction !== undefined).sort(compareInteractions)
}

/**
 * Sorts by time. At the same time, a click comes after an impression, as it does in a shop. Then the ids decide, so the
 * order of arrival does not matter.
 */
function compareInteractions(one: Interaction, other: Interaction): number {
  return one.countsFrom - other.countsFrom || compareText(other.type, one.type) || compareText(one.id, other.id)
}

/** Counts the interactions that count at `time`, by halving. */
function countUntil(timeline: Timeline, time: number): number {
  const { interactions } = timeline
  if (!timeline.isSorted) {
    interactions.sort(compareInteractions)
    timeline.isSorted = true
  }
  let low = 0
  let high = interactions.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (interactions[middle].countsFrom <= time) low = middle + 1
    else high = middle
  }
  return low
}
