import { compareText } from '../../core'
import type { AdInteraction } from './interaction'

/** Interactions by `countsFrom`. They are sorted only when they are read, because most arrive in order. */
export type Timeline = { interactions: AdInteraction[]; isSorted: boolean }

/** Creates an empty timeline. */
export function createTimeline(): Timeline {
  return { interactions: [], isSorted: true }
}

/** Adds an interaction to a timeline. */
export function addToTimeline(timeline: Timeline, interaction: AdInteraction): void {
  const last = timeline.interactions.at(-1)
  if (last && compareInteractions(last, interaction) > 0) timeline.isSorted = false
  timeline.interactions.push(interaction)
}

/** Returns the last interaction whose `countsFrom` is not after `time`, in epoch milliseconds. */
export function findLast(timeline: Timeline | undefined, time: number): AdInteraction | undefined {
  if (!timeline) return undefined
  const count = countUntil(timeline, time)
  return count === 0 ? undefined : timeline.interactions[count - 1]
}

/** Returns the first interaction whose `countsFrom` is after `time`, in epoch milliseconds. */
function findNext(timeline: Timeline | undefined, time: number): AdInteraction | undefined {
  return timeline && timeline.interactions.at(countUntil(timeline, time))
}

/** Does the same as `findLast` for several timelines. */
export function findLastOf(timelines: (Timeline | undefined)[], time: number): AdInteraction | undefined {
  return pickLast(timelines.map((timeline) => findLast(timeline, time)))
}

/** Does the same as `findNext` for several timelines. */
export function findNextOf(timelines: (Timeline | undefined)[], time: number): AdInteraction | undefined {
  return sortFound(timelines.map((timeline) => findNext(timeline, time))).at(0)
}

/** Returns the last of several interactions. */
export function pickLast(found: (AdInteraction | undefined)[]): AdInteraction | undefined {
  return sortFound(found).at(-1)
}

function sortFound(found: (AdInteraction | undefined)[]): AdInteraction[] {
  return found.filter((interaction) => interaction !== undefined).sort(compareInteractions)
}

/**
 * Compares by time. At the same time, a click comes after an impression, as it does in a shop. Otherwise the ids
 * decide, so that the order of arrival does not matter.
 */
function compareInteractions(one: AdInteraction, other: AdInteraction): number {
  return one.countsFrom - other.countsFrom || compareText(other.type, one.type) || compareText(one.id, other.id)
}

/** Returns how many interactions have a `countsFrom` that is not after `time`. Sorts the timeline if necessary. */
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
