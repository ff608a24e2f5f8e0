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
      for (const bit of bitsOf(text)) words[bit >>> 5] |= 1 << (bit & 31)
    },
    mayHave(text) {
      const filled = words
      return filled !== undefined && bitsOf(text).every((bit) => (filled[bit >>> 5] & (1 << (bit & 31))) !== 0)
    }
  }
}

function bitsOf(text: string): number[] {
  const [low, high] = hash(text)
  return Array.from({ length: PROBES }, (_, probe) => (low + probe * ((high | 1) >>> 0)) % BITS)
}
