const ISO_8601 = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:Z|([+-]\d\d)(?::?(\d\d))?)?)?$/i
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
  // Nearly all times end so, and `Date` reads those in UTC.
  if (value.endsWith('Z') && value[10] === 'T') return Date.parse(value)
  if (EPOCH.test(value)) return fromEpoch(Number(value))
  const match = ISO_8601.exec(value)
  if (!match) return NaN
  const [, date, time = '00:00', hours = '+00', minutes = '00'] = match
  return Date.parse(`${date}T${time}${hours}:${minutes}`)
}

function fromEpoch(epoch: number): number {
  const size = Math.abs(epoch)
  if (size >= END_OF_NANOSECONDS) return NaN
  if (size < FIRST_MILLISECONDS) return Math.round(epoch * 1_000)
  let time = epoch
  while (Math.abs(time) > LAST_MILLISECONDS) time /= 1_000
  return time
}
