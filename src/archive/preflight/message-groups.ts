import type { GeneralReason } from './general-reason'
import type { MessageGroup, PlacedSample } from './report'

/** Counts events with the same problem. */
export type MessageGroups = {
  /** @param sample is called only if one more sample is wanted */
  add: (reason: Pick<GeneralReason, 'key' | 'message'> & { code?: string }, sample: () => PlacedSample) => void
  /** Returns the groups, most frequent first. */
  list: () => MessageGroup[]
}

export const MAX_SAMPLES = 10

/** Messages without end, such as those of a bug, must not fill the memory. */
const MAX_GROUPS = 500

const OTHERS = 'Other messages.'

export function createMessageGroups(): MessageGroups {
  const groups = new Map<string, MessageGroup>()

  function find({ key, code, message }: Parameters<MessageGroups['add']>[0]): MessageGroup {
    const isOther = !groups.has(key) && groups.size >= MAX_GROUPS
    const known = groups.get(isOther ? OTHERS : key)
    if (known) return known
    const group = isOther ? { message: OTHERS } : { ...(code !== undefined && { code }), message }
    const added = { ...group, count: 0, samples: [] }
    groups.set(isOther ? OTHERS : key, added)
    return added
  }

  return {
    add(reason, sample) {
      const group = find(reason)
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
