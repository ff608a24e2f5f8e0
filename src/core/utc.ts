const ISO_8601 = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:Z|([+-]\d\d)(?::?(\d\d))?)?)?$/i
/** The format of Segment's own times, on days that every year has. */
export const SEGMENT_TIME =
  /^\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

const EPOCH = /^-?\d+(\.\d+)?$/

/** Smaller numbers are seconds. This number is the year 5138 in seconds, and March 1973 in milliseconds. */
const FIRST_MILLISECONDS = 1e11

/** Larger numbers are microseconds or nanoseconds. */
const LAST_MILLISECONDS = 1e14

/** Larger numbers are not times. */
const END_OF_NANOSECONDS = 1e20

/**
 * Reads the time of an event as the destination does: ISO 8601, or a number since 1970. A time without a zone is in UTC,
 * whatever the zone of this machine is.
 *
 * @returns milliseconds since 1970, or NaN if the value is not a time
 */
export function toUtc(value: unknown): number {
  if (typeof value !== 'string') return typeof value === 'number' ? toUtc(String(value)) : NaN
  // Nearly all times have this format, and need no other test.
  if (SEGMENT_TIME.test(value)) return Date.parse(value)
  if (EPOCH.test(value)) return fromEpoch(Number(value))
  const match = ISO_8601.exec(value)
  if (!match) return NaN
  const [, date, time = '00:00', hours = '+00', minutes = '00'] = match
  return isDate(date) ? Date.parse(`${date}T${time}${hours}:${minutes}`) : NaN
}

/** Returns whether a day exists. `Date` would read February 30 as March 2. */
function isDate(date: string): boolean {
  const midnight = new Date(date)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date)
}

function fromEpoch(epoch: number): number {
  const size = Math.abs(epoch)
  if (size >= END_OF_NANOSECONDS) return NaN
  if (size < FIRST_MILLISECONDS) return Math.round(epoch * 1_000)
  let time = epoch
  while (Math.abs(time) > LAST_MILLISECONDS) time /= 1_000
  return time
}
