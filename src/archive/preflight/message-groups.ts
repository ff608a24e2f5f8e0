import type { Finding } from '../../checks'
import type { GeneralReason } from './general-reason'
import type { MessageGroup, PlacedFinding, PlacedSample } from './report'

/** What several events have in common. */
type Kind = Pick<GeneralReason, 'key' | 'message'> & { code?: string }

type Sampled = { code?: string; message: string; samples: PlacedSample[] }

export const MAX_SAMPLES = 10

/**
 * Creates a collection of groups with samples.
 *
 * @param most more groups than this are one, because messages without end, such as those of a bug, must not fill the memory
 * @param others the message of that group
 * @param none returns what a new group counts
 */
export function createGroups<Counts extends object>(most: number, others: string, none: () => Counts) {
  const groups = new Map<string, Counts & Sampled>()

  return {
    /** Returns the group of a kind. @param sample is called only if one more sample is wanted */
    add({ key, code, message }: Kind, sample: () => PlacedSample): Counts & Sampled {
      const isOther = !groups.has(key) && groups.size >= most
      let group = groups.get(isOther ? others : key)
      if (!group) {
        const kind = isOther ? { message: others } : { ...(code !== undefined && { code }), message }
        group = { ...kind, ...none(), samples: [] }
        groups.set(isOther ? others : key, group)
      }
      if (group.samples.length < MAX_SAMPLES) group.samples.push(sample())
      return group
    },
    list: () => [...groups.values()]
  }
}

/** Counts events with the same problem. */
export function createMessageGroups() {
  const groups = createGroups(500, 'Other messages.', () => ({ count: 0 }))
  return {
    add(reason: Kind, sample: () => PlacedSample): void {
      groups.add(reason, sample).count += 1
    },
    /** Returns the groups, most frequent first. */
    list: (): MessageGroup[] => groups.list().sort(byCount)
  }
}

/** Orders groups by how often they came, and then by their message. */
export function byCount(one: MessageGroup, other: MessageGroup): number {
  return other.count - one.count || (one.message < other.message ? -1 : 1)
}

/** The message of a code is the same in each report of a version, because it has no values. */
export function keyOfGroup({ code = '', message }: { code?: string; message: string }): string {
  return `${code}\n${message}`
}

/** Adds to each sample where its event is, if that is known. */
export function placeSamples(finding: Finding, placeOf: (messageId: string) => string | undefined): PlacedFinding {
  const samples = finding.samples.map((sample) => {
    const place = placeOf(sample.messageId)
    return place === undefined ? sample : { ...sample, place }
  })
  return { ...finding, samples }
}
