/** ISO 8601 with a date, a time and an offset, as every SDK of Segment writes it. */
const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d(:?\d\d)?)$/i

/** The milliseconds of the years that ISO 8601 writes with four digits. */
const FIRST_TIME = Date.parse('0000-01-01T00:00:00Z')
const LAST_TIME = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * Reads a time as Segment's documentation describes it: ISO 8601 text.
 *
 * @returns milliseconds since 1970. Undefined for any other value, such as a number, a date without an offset or the 30th
 *   of February
 */
export function parseTime(value: unknown): number | undefined {
  const match = typeof value === 'string' ? DATE_TIME.exec(value) : null
  if (!match) return undefined
  const [text, year, month, day] = match
  if (Number(day) > daysInMonth(Number(year), Number(month))) return undefined
  const offset = match[6]
  // `Date` needs a dot before the milliseconds, and minutes with a colon in the offset.
  const time = Date.parse(
    text.slice(0, -offset.length).replace(',', '.').toUpperCase() +
      offset.toUpperCase().replace(/^([+-]\d\d):?(\d\d)?$/, (_, hours: string, minutes = '00') => `${hours}:${minutes}`)
  )
  return Number.isNaN(time) ? undefined : time
}

/** Writes a time as ISO 8601 in UTC. Returns undefined for a year with more than four digits. */
export function formatTime(time: number): string | undefined {
  return time >= FIRST_TIME && time <= LAST_TIME ? new Date(time).toISOString() : undefined
}

function daysInMonth(year: number, month: number): number {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  if (month === 2) return isLeapYear ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
