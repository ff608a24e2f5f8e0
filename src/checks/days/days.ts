import { DAY } from '../../core'

/** Returns the number of the UTC day of a time in milliseconds since 1970. */
export function dayNumber(time: number): number {
  return Math.floor(time / DAY)
}

/** Returns a day as `2026-01-18`. */
export function dayName(number: number): string {
  if (number !== latest.number) latest = { number, name: new Date(number * DAY).toISOString().slice(0, 10) }
  return latest.name
}

/** Most calls are of the day of the call before. */
let latest = { number: NaN, name: '' }

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/**
 * Returns a day as in a sentence.
 *
 * @example
 * sayDay(dayNumber(Date.UTC(2026, 0, 18))) // '18 January'
 */
export function sayDay(number: number): string {
  const date = new Date(number * DAY)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
}

/** Returns whether a day can be written: a time can be far outside the calendar. */
export function isDay(number: number): boolean {
  return number >= 0 && number < 2_000_000
}
