/**
 * Hashes a text to two 32-bit integers. Not a cryptographic hash: an attacker can find two texts with the same result.
 *
 * Source: cyrb53 by bryc, public domain, https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js
 */
export function hash(text: string): [number, number] {
  let low = 0xdeadbeef
  let high = 0x41c6ce57
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    low = Math.imul(low ^ code, 2654435761)
    high = Math.imul(high ^ code, 1597334677)
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  return [low >>> 0, high >>> 0]
}

/** Returns the hash of a text as a short text. */
export function digest(text: string): string {
  const [low, high] = hash(text)
  return high.toString(36) + low.toString(36)
}
