/** A hash of 64 bits, as two integers of 32 bits. Among a billion texts, the chance of a collision is 3 %. */
export type IdHash = { high: number; low: number }

const SHARED: IdHash = { high: 0, low: 0 }

/**
 * Hashes a text. An attacker can find two texts with the same hash, because it is not cryptographic. Returns the same object
 * each time, to save memory. Read it before the next call.
 *
 * Two rounds of multiplication and rotation, as in MurmurHash3, with a last step that mixes all bits.
 */
export function hashId(text: string): IdHash {
  let high = 0x9e3779b9 ^ text.length
  let low = 0x85ebca6b
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 0xcc9e2d51)
    high = (high << 15) | (high >>> 17)
    low = Math.imul(low ^ code, 0x1b873593)
    low = (low << 13) | (low >>> 19)
  }
  SHARED.high = mix(high ^ Math.imul(low, 0xc2b2ae35))
  SHARED.low = mix(low ^ Math.imul(high, 0x27d4eb2f))
  return SHARED
}

function mix(value: number): number {
  let mixed = value
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
