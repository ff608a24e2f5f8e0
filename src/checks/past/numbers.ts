import { hashId } from '../../core'

const MAX = 2 ** 32 - 1

/** Returns milliseconds since 1970 as whole seconds from 1 to 2^32 - 1. A table has 0 where there is no time. */
export function toSeconds(time: number): number {
  return Math.min(Math.max(1, Math.round(time / 1_000)), MAX)
}

/** Returns a number from 1 to 2^32 - 1 for a text. A table has 0 where there is no text. */
export function toNumber(text: string): number {
  return hashId(text).low || 1
}
