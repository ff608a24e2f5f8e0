import { hashId } from '../../core'
import type { Sketch } from './sketch'

/** A sample of keys, each with a sketch of all of its events. */
export type KeySample<Each extends Sketch> = ReturnType<typeof createKeySample<Each>>

export const HASHES = 2 ** 32

/**
 * Creates an empty sample: the keys with the smallest hashes (bottom-k, Broder 1997), each with its events since the first
 * one. Which keys these are depends on neither the order of the events nor the parts of an archive.
 *
 * @param limit how many keys the sample has. With fewer keys, it has all of them
 */
export function createKeySample<Each extends Sketch>(limit: number, createSketch: () => Each) {
  const kept = new Map<number, Each>()
  let end = HASHES

  function findHash(hash: number): Each | undefined {
    if (hash >= end) return undefined
    const known = kept.get(hash)
    if (known) return known
    const started = createSketch()
    kept.set(hash, started)
    // Cutting the sample off is slow, so it is done only when the sample is a quarter too large.
    if (kept.size >= 1.25 * limit) cutOff()
    return hash < end ? started : undefined
  }

  function cutOff(): void {
    const sorted = sort()
    if (sorted.length <= limit) return
    end = sorted[limit][0]
    for (const [hash] of sorted.slice(limit)) kept.delete(hash)
  }

  const sort = (): [number, Each][] => [...kept].sort(([one], [other]) => one - other)

  /** Returns the hashes of the keys and their sketches, the smallest hash first. */
  function list(): [hash: number, sketch: Each][] {
    cutOff()
    return sort()
  }

  return {
    /** Returns the sketch of a key, to add an event to. Undefined if the key is not in the sample. */
    find: (key: string): Each | undefined => findHash(hashId(key).low),
    findHash,
    list,
    /** Returns the share of all keys that the sample has, about: from 0 to 1. */
    share: (): number => end / HASHES,
    save: () => list().map(([hash, sketch]) => [hash, sketch.save()]),
    merge: (saved: unknown): void => {
      for (const [hash, sketch] of saved as [number, unknown][]) findHash(hash)?.merge(sketch)
      cutOff()
    }
  }
}
