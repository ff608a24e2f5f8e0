import { hashId } from '../../core'

/** A sample of a set of ids that can be compared with the sample of another set. */
export type IdSample = ReturnType<typeof createIdSample>

/** How many hashes show a share of a set within a few percent. */
const SAMPLE_SIZE = 1_024

const HASHES = 2 ** 32

/**
 * Creates the sample of an empty set: the ids with the smallest hashes (bottom-k, Broder 1997).
 *
 * @param limit how many hashes the sample has. With fewer ids, it has all of them
 */
export function createIdSample(limit = SAMPLE_SIZE) {
  const hashes = new Set<number>()
  let end = HASHES

  function addHash(hash: number): void {
    if (hash >= end) return
    hashes.add(hash)
    // Cutting the set off is slow, so it is done only when the set is twice as large.
    if (hashes.size >= 2 * limit) cutOff()
  }

  function cutOff(): void {
    const sorted = [...hashes].sort((one, other) => one - other)
    for (const hash of sorted.slice(limit)) hashes.delete(hash)
    if (sorted.length > limit) end = sorted[limit]
  }

  /** Returns the hashes of the sample, the smallest first. */
  function list(): number[] {
    cutOff()
    return [...hashes].sort((one, other) => one - other)
  }

  return {
    add: (id: string): void => {
      addHash(hashId(id).low)
    },
    list,
    /** Returns about how many different ids the set has. */
    size(): number {
      const sample = list()
      if (sample.length < limit) return sample.length
      return Math.round(((limit - 1) * HASHES) / sample[limit - 1])
    },
    limit,
    save: () =>
      list()
        .map((hash) => hash.toString(36))
        .join(' '),
    merge: (saved: unknown): void => {
      for (const hash of String(saved).split(' ')) if (hash !== '') addHash(parseInt(hash, 36))
    }
  }
}

/**
 * Estimates how many ids of a set are in another set.
 *
 * @returns how many ids of the set were compared, and how many of them are in the other set
 */
export function compareSamples(set: IdSample, other: IdSample): { count: number; of: number } {
  const [hashes, others] = [set.list(), other.list()]
  // Above the end of a full sample, a missing hash says nothing.
  const end = Math.min(endOf(hashes, set), endOf(others, other))
  const known = new Set(others)
  const compared = hashes.filter((hash) => hash <= end)
  return { count: compared.filter((hash) => known.has(hash)).length, of: compared.length }
}

function endOf(hashes: readonly number[], { limit }: IdSample): number {
  return hashes.length < limit ? HASHES : hashes[limit - 1]
}
