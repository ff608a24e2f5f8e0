import type { Member } from './group'
import { HOUR } from './times'

/** The newest observations, in order of arrival, and the facts that came with each. */
export type Window = {
  /** @returns the facts of observations that leave the window */
  add: (time: number, facts: readonly Member[]) => Member[]
  /** Returns all facts in the window. */
  facts: () => Iterable<Member>
}

/** How much the window holds. */
export type WindowLimits = {
  /** The window holds at least this many observations. */
  observations: number
  /** It holds more if they happened within this time, in milliseconds. */
  duration: number
  /** It never holds more than this many facts, so that memory stays bounded however much happens within the time. */
  facts: number
}

export const WINDOW_LIMITS: WindowLimits = { observations: 50_000, duration: HOUR, facts: 200_000 }

/** Takes the place of an observation that has left, so that its facts are not held. */
const LEFT: { time: number; facts: readonly Member[] } = { time: 0, facts: [] }

/** Creates an empty window. */
export function createWindow({ observations, duration, facts: maxFacts }: WindowLimits): Window {
  let entries: { time: number; facts: readonly Member[] }[] = []
  let head = 0
  let count = 0
  let newest = -Infinity

  function mustLeave(): boolean {
    const length = entries.length - head
    if (length === 0) return false
    if (count > maxFacts) return true
    return length > observations && entries[head].time < newest - duration
  }

  return {
    add(time, facts) {
      entries.push({ time, facts })
      count += facts.length
      newest = Math.max(newest, time)

      const leaving: Member[] = []
      while (mustLeave()) {
        const gone = entries[head].facts
        entries[head] = LEFT
        head += 1
        count -= gone.length
        leaving.push(...gone)
      }
      // Removing from the front costs the length of the list, so it is done when half of the list is gone.
      if (head * 2 > entries.length) {
        entries = entries.slice(head)
        head = 0
      }
      return leaving
    },
    *facts() {
      for (let index = head; index < entries.length; index += 1) yield* entries[index].facts
    }
  }
}
