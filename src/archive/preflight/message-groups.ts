import { generalize } from './generalize'
import type { MessageGroup, PlacedSample } from './report'

/** Counts messages that say the same. */
export type MessageGroups = {
  /** @param sample is called only if one more sample is wanted */
  add: (message: string, sample: () => PlacedSample) => void
  /** Returns the groups, most frequent first. */
  list: () => MessageGroup[]
}

export const MAX_SAMPLES = 10

/** Messages without end, such as those of a bug, must not fill the memory. */
const MAX_GROUPS = 500

const OTHERS = 'Other messages.'

export function createMessageGroups(): MessageGroups {
  const groups = new Map<string, MessageGroup>()
  /** Most messages come many times, letter by letter. */
  const known = new Map<string, MessageGroup>()

  function find(message: string): MessageGroup {
    const group = known.get(message)
    if (group) return group
    const general = generalize(message)
    const key = groups.has(general) || groups.size < MAX_GROUPS ? general : OTHERS
    const found = groups.get(key) ?? { message: key, count: 0, samples: [] }
    groups.set(key, found)
    if (known.size < MAX_GROUPS) known.set(message, found)
    return found
  }

  return {
    add(message, sample) {
      const group = find(message)
      group.count += 1
      if (group.samples.length < MAX_SAMPLES) group.samples.push(sample())
    },
    list: () => [...groups.values()].sort(byCount)
  }
}

/** Orders groups by how often they came, and then by their message. */
export function byCount(one: MessageGroup, other: MessageGroup): number {
  return other.count - one.count || (one.message < other.message ? -1 : 1)
}
