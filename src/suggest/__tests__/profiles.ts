import type { TakenEvent } from '../../pipeline'
import { createProfiler, type Profile } from '../profile'

/** Returns the profile of track calls, each with an id, a user and a time of its own. */
export function profileOf(calls: readonly { event: string; properties: object }[]): Profile {
  const profiler = createProfiler()
  calls.forEach((call, index) => {
    profiler.observe({
      type: 'track',
      messageId: `m-${index}`,
      anonymousId: `a-${index % 50}`,
      timestamp: new Date(Date.UTC(2026, 2, 1) + index * 60_000).toISOString(),
      ...call
    } as unknown as TakenEvent)
  })
  return profiler.profile()
}

/** Makes a call for each number from 0. */
export function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
