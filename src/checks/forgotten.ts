import { hashId } from '../core'

/** 1 MB. After a million texts, `mayHave` is wrong for about one new text in 40. */
const BITS = 2 ** 23
const PROBES = 4

/**
 * Remembers which texts were forgotten elsewhere, in memory of a fixed size (a Bloom filter). `mayHave` is always true
 * for a forgotten text, and sometimes for another one. So a check that uses it can miss a mistake, but never report a
 * false one.
 */
export type Forgotten = {
  add: (text: string) => void
  mayHave: (text: string) => boolean
}

/** Creates an empty memory of forgotten texts. */
export function createForgotten(): Forgotten {
  let words: Uint32Array | undefined

  return {
    add(text) {
      words ??= new Uint32Array(BITS / 32)
      const { low, high } = hashId(text)
      for (let probe = 0; probe < PROBES; probe += 1) {
        const bit = chooseBit(low, high, probe)
        words[bit >>> 5] |= 1 << (bit & 31)
      }
    },
    mayHave(text) {
      if (!words) return false
      const { low, high } = hashId(text)
      for (let probe = 0; probe < PROBES; probe += 1) {
        const bit = chooseBit(low, high, probe)
        if ((words[bit >>> 5] & (1 << (bit & 31))) === 0) return false
      }
      return true
    }
  }
}

/** Returns the position of a bit. The step is odd, so that the probes of a text are different bits. */
function chooseBit(low: number, high: number, probe: number): number {
  return (low + probe * ((high | 1) >>> 0)) % BITS
}
