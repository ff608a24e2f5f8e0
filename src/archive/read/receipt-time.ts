import { isObject, toUtc } from '../../core'

/** Where the time of receipt is, and what stands for it in an archive without it. The first one of an event counts. */
const KEYS = ['receivedAt', 'timestamp', 'originalTimestamp']

const VALUE = /\s*:\s*"([^"\\]*)"/y

/**
 * Finds the time of receipt in the text of an event. Parsing the text would take twenty times as long, and is done only
 * if a key occurs more than once, because `properties` may have such a key too.
 *
 * @returns milliseconds since 1970, or NaN if there is no readable time
 */
export function readReceiptTime(text: string): number {
  for (const key of KEYS) {
    const quoted = `"${key}"`
    const start = text.indexOf(quoted)
    if (start === -1) continue
    const end = start + quoted.length
    VALUE.lastIndex = end
    const match = text.includes(quoted, end) ? null : VALUE.exec(text)
    return match ? toUtc(match[1]) : readParsed(text)
  }
  return NaN
}

function readParsed(text: string): number {
  try {
    const event: unknown = JSON.parse(text)
    const key = isObject(event) ? KEYS.find((each) => event[each] !== undefined && event[each] !== null) : undefined
    return key === undefined ? NaN : toUtc((event as Record<string, unknown>)[key])
  } catch {
    return NaN
  }
}
