import { createKeySample, HASHES } from './key-sample'

/** A sample of a set of ids that can be compared with the sample of another set. */
export type IdSample = ReturnType<typeof createIdSample>

/** How many hashes show a share of a set within a few percent. */
const SAMPLE_SIZE = 1_024

/** Nothing is known of an id but that it is in the set. */
const NOTHING = { save: () => null, merge: () => undefined }

/**
 * Creates the sample of an empty set: the ids with the smallest hashes.
 *
 * @param limit how many hashes the sample has. With fewer ids, it has all of them
 */
export function createIdSample(limit = SAMPLE_SIZE) {
  const ids = createKeySample(limit, () => NOTHING)

  /** Returns the hashes of the sample, the smallest first. */
  const list = (): number[] => ids.list().map(([hash]) => hash)

  return {
    add: (id: string): void => {
      ids.find(id)
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
      for (const hash of String(saved).split(' ')) if (hash !== '') ids.findHash(parseInt(hash, 36))
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
