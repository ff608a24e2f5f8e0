import { DAY, HOUR, MINUTE, SECOND } from '../core'

/**
 * Converts an RFC 3339 time to epoch milliseconds. A leap second becomes the second before, because `Date` has none.
 */
export function toEpoch(time: string): number {
  return Date.parse(time.replace(':60', ':59'))
}

const UNITS: [unit: string, milliseconds: number][] = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', SECOND]
]

/** Converts milliseconds to words with the largest whole unit, such as `3 days`. */
export function toDuration(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, size]) => milliseconds >= size) ?? ['second', SECOND]
  const count = Math.floor(milliseconds / size)
  if (count === 0) return 'less than a second'
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
