import { hash } from './hash'

/** 1 MB of bits. A million texts fill it so far that one new text in about 40 is taken for a forgotten one. */
const BITS = 2 ** 23
const PROBES = 4

/**
 * Remembers in fixed memory which texts were forgotten elsewhere (a Bloom filter). It may take a new text for a
 * forgotten one, and never the other way round, so a check that asks it can miss a mistake but not invent one.
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
      const [low, high] = hash(text)
      for (let probe = 0; probe < PROBES; probe += 1) {
        const bit = bitOf(low, high, probe)
        words[bit >>> 5] |= 1 << (bit & 31)
      }
    },
    mayHave(text) {
      if (!words) return false
      const [low, high] = hash(text)
      for (let probe = 0; probe < PROBES; probe += 1) {
        const bit = bitOf(low, high, probe)
        if ((words[bit >>> 5] & (1 << (bit & 31))) === 0) return false
      }
      return true
    }
  }
}

/** An odd step visits different bits. */
function bitOf(low: number, high: number, probe: number): number {
  return (low + probe * ((high | 1) >>> 0)) % BITS
}
