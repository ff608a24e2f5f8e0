import { hashId } from '../../core'
import type { Sketch } from './sketch'

/** How many different texts there are, up to a limit. */
export type Distinct = Sketch & {
  add: (text: string) => void
  /** Returns the number of different texts, or the limit if there are more. */
  count: () => number
}

/**
 * Creates an empty bottom-k sketch (Broder 1997): the lowest `limit` hashes of the texts. Below the limit, the count is
 * exact. Each hash takes about 20 bytes.
 */
export function createDistinct(limit: number): Distinct {
  let hashes: number[] = []

  function addHash(hash: number): void {
    if (hashes.includes(hash) || (hashes.length >= limit && hash > hashes[hashes.length - 1])) return
    hashes = [...hashes, hash].sort((one, other) => one - other).slice(0, limit)
  }

  return {
    add(text) {
      const { high, low } = hashId(text)
      // The number has 53 bits, as many as a JSON number can have.
      addHash((high & 0x1fffff) * 2 ** 32 + low)
    },
    count: () => hashes.length,
    save: () => hashes,
    merge(saved) {
      ;(saved as number[]).forEach(addHash)
    }
  }
}
