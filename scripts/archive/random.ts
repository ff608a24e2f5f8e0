import { seeded } from '../../test/support/random'

/** Random values that are the same for the same seed. */
export type Random = {
  /** Returns a number from 0 up to, but not including, 1. */
  next: () => number
  /** Returns a whole number from `least` to `most`. */
  integer: (least: number, most: number) => number
  /** Returns true in this share of the calls, from 0 to 1. */
  chance: (share: number) => boolean
  pick: <Item>(items: readonly Item[]) => Item
  /** Returns an index below `count`. The higher the skew is above 1, the more frequent are low indexes. Default: 3. */
  rank: (count: number, skew?: number) => number
  /** Returns hexadecimal digits. */
  hex: (digits: number) => string
  uuid: () => string
}

/** Creates a source of random values. */
export function createRandom(seed: number): Random {
  const next = seeded(seed)

  function hex(digits: number): string {
    let text = ''
    while (text.length < digits) {
      text += Math.floor(next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0')
    }
    return text.slice(0, digits)
  }

  return {
    next,
    integer: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (share) => share > 0 && next() < share,
    pick: (items) => items[Math.floor(next() * items.length)],
    rank: (count, skew = 3) => Math.floor(count * next() ** skew),
    hex,
    uuid() {
      const digits = hex(32)
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`
    }
  }
}
