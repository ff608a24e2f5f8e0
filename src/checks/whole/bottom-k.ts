import { hashId } from '../../core'

/** A sample of a set of ids that can be compared with the sample of another set. */
export type IdSample = {
  add: (id: string) => void
  /** Returns the hashes of the sample, the smallest first. */
  list: () => number[]
  /** Returns about how many different ids the set has. */
  size: () => number
  /** Returns the sample as text. */
  save: () => string
  /** Adds another sample, as it was saved. */
  merge: (saved: string) => void
}

/** How many hashes a sample has. */
export const SAMPLE_SIZE = 1_024

const HASHES = 2 ** 32

/** Creates the sample of an empty set: the ids with the smallest hashes (bottom-k, Broder 1997). */
export function createIdSample(): IdSample {
  const hashes = new Set<number>()
  let limit = HASHES

  function addHash(hash: number): void {
    if (hash >= limit) return
    hashes.add(hash)
    // Cutting the set off is slow, so it is done only when the set is twice as large.
    if (hashes.size >= 2 * SAMPLE_SIZE) cutOff()
  }

  function cutOff(): void {
    const sorted = [...hashes].sort((one, other) => one - other)
    for (const hash of sorted.slice(SAMPLE_SIZE)) hashes.delete(hash)
    if (sorted.length > SAMPLE_SIZE) limit = sorted[SAMPLE_SIZE]
  }

  function list(): number[] {
    cutOff()
    return [...hashes].sort((one, other) => one - other)
  }

  return {
    add(id) {
      addHash(hashId(id).low)
    },
    list,
    size() {
      const sample = list()
      if (sample.length < SAMPLE_SIZE) return sample.length
      return Math.round(((SAMPLE_SIZE - 1) * HASHES) / sample[SAMPLE_SIZE - 1])
    },
    save: () =>
      list()
        .map((hash) => hash.toString(36))
        .join(' '),
    merge(saved) {
      for (const hash of saved.split(' ')) if (hash !== '') addHash(parseInt(hash, 36))
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
  const end = Math.min(endOf(hashes), endOf(others))
  const known = new Set(others)
  const compared = hashes.filter((hash) => hash <= end)
  return { count: compared.filter((hash) => known.has(hash)).length, of: compared.length }
}

function endOf(hashes: readonly number[]): number {
  return hashes.length < SAMPLE_SIZE ? HASHES : hashes[SAMPLE_SIZE - 1]
}
