/**
 * The language of searches for events. The server reads searches with it, and the page completes and explains them. This
 * table is the only place that lists the keys.
 */

/** A key of the search, such as `event` in `event:"Order Completed"`. */
export type SearchKey = {
  /** Describes what the key finds, in a few words. */
  meaning: string
  /** A term with the key, for the help. */
  example: string
  /** All values that the key can have, with what each finds. Absent if it can have any value. */
  values?: Readonly<Record<string, string>>
}

/** All keys, in the order in which they are offered. */
export const SEARCH_KEYS = {
  is: {
    meaning: 'how far it got, or what it is',
    example: 'is:failed',
    values: {
      delivered: 'Topsort has it',
      partial: 'Topsort has a part of it',
      failed: 'it failed for good',
      pending: 'it failed and will be tried again',
      filtered: 'no mapping took it',
      ingest: 'Segment would refuse it',
      received: 'it waits for its first attempt',
      sponsored: 'it has the bid of an ad',
      organic: 'a view or a click without a bid',
      offsite: 'a view or a click of an ad on another site',
      credited: 'an order that an ad gets the credit for',
      uncredited: 'an order, or a part of one, without credit'
    }
  },
  has: {
    meaning: 'what it has',
    example: 'has:finding',
    values: {
      finding: 'a mistake was found in it',
      message: 'something about it is wrong',
      value: 'an order with an amount'
    }
  },
  event: { meaning: 'the whole name of the event', example: 'event:"Order Completed"' },
  user: { meaning: 'one person, by any of their ids', example: 'user:71303ce0' },
  product: { meaning: 'a product, also in a list or an order', example: 'product:p_PJbnN' },
  order: { meaning: 'an order, by its id', example: 'order:1001' },
  bid: { meaning: 'the events of an ad, by its resolvedBidId', example: 'bid:WyJlX1BK' },
  finding: { meaning: 'a finding about the event', example: 'finding:double-click' },
  code: { meaning: 'a code of the reason, the destination’s or Topsort’s', example: 'code:line_without_price' },
  mapping: { meaning: 'the mapping that took it', example: 'mapping:Click' },
  id: { meaning: 'one event, by its messageId', example: 'id:m1' },
  since: { meaning: 'at a time or later: 10m, 14:05, 2026-11-28', example: 'since:10m' },
  until: { meaning: 'at a time or earlier', example: 'until:14:05' }
} as const satisfies Record<string, SearchKey>

export type SearchKeyName = keyof typeof SEARCH_KEYS

/** One term of a search. */
export type SearchTerm = {
  /** As it is written. */
  text: string
  isNegated: boolean
  /** In lower case, and not necessarily one of `SEARCH_KEYS`. Absent for a word. */
  key?: string
  /** Without quotes. */
  value: string
}

/** A minus, a key with a colon, and a word or a quoted value. A quote that is not closed extends to the end. */
const TERM = /(-)?(?:([a-z]+):)?(?:"([^"]*)"?|([^\s"]+))/gi

/**
 * Splits a search into its terms.
 *
 * @example
 * readTerms('-event:"Cart Viewed"') // [{ text: '-event:"Cart Viewed"', isNegated: true, key: 'event', value: 'Cart Viewed' }]
 */
export function readTerms(search: string): SearchTerm[] {
  return [...search.matchAll(TERM)].map((match: (string | undefined)[]) => {
    const [text = '', minus, key, quoted, bare = ''] = match
    return { text, isNegated: minus !== undefined, ...(key && { key: key.toLowerCase() }), value: quoted ?? bare }
  })
}

/** Writes a term of a search. A value with spaces is quoted. */
export function toTerm(key: SearchKeyName, value: string): string {
  return `${key}:${quoteValue(value)}`
}

/** Writes a value so that a search reads it as one value. */
export function quoteValue(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value
}

const UNITS: Partial<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * Reads the time in `since:` and `until:`: `10m` (also `s`, `h` and `d`) before now, `14:05` or `14:05:09` today, or a day
 * or a time in ISO 8601. Times without an offset are local.
 *
 * @param now in epoch milliseconds
 * @returns epoch milliseconds. Undefined if it is not a time
 */
export function readSearchTime(text: string, now: number): number | undefined {
  const [, count, unit = ''] = /^(\d+)([smhd])$/i.exec(text) ?? []
  if (count) return now - Number(count) * (UNITS[unit.toLowerCase()] ?? 0)
  if (/^\d{1,2}:\d{2}(:\d{2})?$/.test(text)) return toTimeOfDay(text, now)
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined
  // Without a time, JavaScript reads a day in UTC.
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text)
  return Number.isNaN(time) ? undefined : time
}

function toTimeOfDay(text: string, now: number): number | undefined {
  const [hours, minutes, seconds = 0] = text.split(':').map(Number)
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined
  return new Date(now).setHours(hours, minutes, seconds, 0)
}
