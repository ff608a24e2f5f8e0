import { HOUR } from '../core'
import type { Fact } from './model'

/** The newest observations in order of arrival, each with its facts. */
export type Window = ReturnType<typeof createWindow>

/** The size of the window. */
export type WindowLimits = {
  /** The window holds at least this many observations. */
  observations: number
  /** Older observations stay if they happened less than this many milliseconds before the newest one. */
  duration: number
  /** The window never holds more facts than this. The limit bounds its memory. */
  facts: number
}

/** The default limits. */
export const WINDOW_LIMITS: WindowLimits = { observations: 50_000, duration: HOUR, facts: 200_000 }

/** Replaces an observation that has left the window, so that its facts can be freed. */
const LEFT: { time: number; facts: readonly Fact[] } = { time: 0, facts: [] }

/** Creates an empty window. */
export function createWindow({ observations, duration, facts: maxFacts }: WindowLimits) {
  let entries: { time: number; facts: readonly Fact[] }[] = []
  let head = 0
  let count = 0
  let newest = -Infinity
  let shortest = Infinity

  function mustLeave(): boolean {
    const length = entries.length - head
    if (length === 0) return false
    if (count > maxFacts) return true
    return length > observations && entries[head].time < newest - duration
  }

  return {
    /** Adds an observation. Returns the facts of the observations that leave the window. */
    add(time: number, facts: readonly Fact[]): Fact[] {
      entries.push({ time, facts })
      count += facts.length
      newest = Math.max(newest, time)

      const leaving: Fact[] = []
      while (mustLeave()) {
        const { time: left, facts: gone } = entries[head]
        if (left > -Infinity) shortest = Math.min(shortest, newest - left)
        entries[head] = LEFT
        head += 1
        count -= gone.length
        leaving.push(...gone)
      }
      // Removing the first entries copies the rest, so this waits until half of the list has left.
      if (head * 2 > entries.length) {
        entries = entries.slice(head)
        head = 0
      }
      return leaving
    },
    /** Returns the shortest time that the window has covered, in milliseconds. Infinity if nothing has left it. */
    shortest: (): number => shortest,
    *facts(): Generator<Fact> {
      for (let index = head; index < entries.length; index += 1) yield* entries[index].facts
    }
  }
}
