import { InputError, listCodes, readSearchTime, readTerms, SEARCH_KEYS, type SearchKeyName } from '../core'
import type { Delivery } from '../pipeline'
import type { RowStage, RowValue } from './api'
import { readIds, readNames } from './facts'

/** The input of a search: a delivery, or an event that waits for its first attempt. */
export type Searchable = Omit<Delivery, 'stage'> & {
  stage: RowStage
  /** ISO 8601. Absent if it is no longer known. */
  receivedAt?: string
  /** The Segment call, if it is known. A search for text looks only at the names of its products. */
  call?: unknown
  /** The codes of the findings about the event, if they are known. */
  findings?: string[]
  /** Reads the value of an order. It is read only if a term asks for it, because credit takes time. */
  readValue?: () => RowValue | undefined
}

/**
 * Reads a search for deliveries. Terms are separated by spaces, and all of them must match. Upper and lower case are the
 * same. `SEARCH_KEYS` lists the keys. A term without a key matches anywhere in a delivery, and `-` before a term negates it.
 *
 * @param now the time that `since:10m` counts from, in epoch milliseconds
 * @returns a function that returns whether a delivery matches
 * @throws InputError if a key or a value does not exist, or if there are more than 50 terms
 */
export function parseSearch(query: string, now: () => number = Date.now): (delivery: Searchable) => boolean {
  const terms = readTerms(query)
  if (terms.length > MAX_TERMS) {
    throw new InputError(
      `A search has at most ${MAX_TERMS} terms, and this one has ${terms.length}. Put words in quotes.`
    )
  }
  const matchers = terms.map(({ isNegated, key, value }): Matcher => {
    const matches = toMatcher(key, value.toLowerCase(), now())
    return isNegated ? (delivery, readText) => !matches(delivery, readText) : matches
  })
  return (delivery) => {
    let text: string | undefined
    const readText = (): string => (text ??= textOf(delivery))
    return matchers.every((matches) => matches(delivery, readText))
  }
}

function textOf(delivery: Searchable): string {
  const { call } = delivery
  return JSON.stringify([{ ...delivery, call: undefined, receivedAt: undefined }, readNames(call)]).toLowerCase()
}

/** Gets the text of the whole delivery from `readText`, which makes it once for all terms. */
type Matcher = (delivery: Searchable, readText: () => string) => boolean

type Condition = (delivery: Searchable) => boolean

/** Each term looks at every delivery, so without a limit one request could keep the workbench busy for minutes. */
const MAX_TERMS = 50

/** Makes the matcher of each key from the value of a term, in lower case. */
const KEYS: Record<SearchKeyName, (value: string, now: number) => Matcher> = {
  event: equals(({ event }) => [event?.name]),
  id: equals(({ event }) => [event?.messageId]),
  user: equals(({ event, payload }) => [
    event?.userId,
    event?.anonymousId,
    (payload as { opaqueUserId?: unknown } | undefined)?.opaqueUserId
  ]),
  mapping: equals(({ mapping }) => [mapping]),
  code: equals(({ reason }) => listCodes(reason)),
  finding: equals(({ findings = [] }) => findings),
  product: equals((delivery) => readIds(delivery).products),
  order: equals((delivery) => readIds(delivery).orders),
  bid: equals((delivery) => readIds(delivery).bids),
  since: compareTime('since', (received, limit) => received >= limit),
  until: compareTime('until', (received, limit) => received <= limit),
  is: oneOf('is', {
    delivered: ({ stage }) => stage === 'delivered',
    partial: isPartial,
    failed: ({ stage }) => stage === 'failed' || stage === 'failed on ingest',
    ingest: ({ stage }) => stage === 'failed on ingest',
    filtered: ({ stage }) => stage === 'filtered',
    pending: ({ stage }) => stage === 'pending retry',
    received: ({ stage }) => stage === 'received',
    sponsored: (delivery) => readIds(delivery).bids.length > 0,
    organic: (delivery) => readIds(delivery).isOrganic,
    offsite: (delivery) => readIds(delivery).isOffsite,
    credited: ({ readValue }) => (readValue?.()?.credited ?? 0) > 0,
    uncredited: ({ readValue }) => isUncredited(readValue?.())
  }),
  has: oneOf('has', {
    finding: ({ findings = [] }) => findings.length > 0,
    message: isWrong,
    value: ({ readValue }) => readValue?.() !== undefined
  })
}

function isUncredited(value: RowValue | undefined): boolean {
  return value?.credited !== undefined && value.credited < value.amount
}

function toMatcher(key: string | undefined, value: string, now: number): Matcher {
  if (key === undefined) return (_, readText) => readText().includes(value)
  if (Object.hasOwn(KEYS, key)) return KEYS[key as SearchKeyName](value, now)
  throw new InputError(
    `There is no search field "${key}". The fields are: ${Object.keys(SEARCH_KEYS).join(', ')}. Put a word with a colon in quotes.`
  )
}

function equals(read: (delivery: Searchable) => unknown[]): (value: string) => Matcher {
  return (value) => (delivery) => read(delivery).some((item) => isText(item) && String(item).toLowerCase() === value)
}

function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function oneOf<Key extends 'is' | 'has'>(
  key: Key,
  conditions: Record<keyof (typeof SEARCH_KEYS)[Key]['values'], Condition>
): (value: string) => Matcher {
  const all = new Map<string, Condition>(Object.entries(conditions))
  return (value) => {
    const condition = all.get(value)
    if (condition) return condition
    const values = Object.keys(SEARCH_KEYS[key].values).join(', ')
    throw new InputError(`There is no "${key}:${value}". The values are: ${values}.`)
  }
}

function compareTime(
  key: 'since' | 'until',
  fits: (received: number, limit: number) => boolean
): (value: string, now: number) => Matcher {
  return (value, now) => {
    const limit = readSearchTime(value, now)
    if (limit === undefined) {
      throw new InputError(
        `"${value}" in ${key}: is not a time. Write 10m, 2h, 14:05, 2026-11-28 or 2026-11-28T14:05:00Z.`
      )
    }
    return ({ receivedAt }) => receivedAt !== undefined && fits(Date.parse(receivedAt), limit)
  }
}

/** The codes of a delivered event that lost a part. */
const LOST_PART = ['lines_left_out', 'products_left_out', 'partly_delivered']

/** Returns whether Topsort has a part of the event, and the rest is lost. */
export function isPartial({ stage, reason }: Searchable): boolean {
  return stage === 'delivered' && listCodes(reason).some((code) => LOST_PART.includes(code))
}

/** Returns whether the message of an event is about something wrong. That no mapping takes an event is as it should be. */
function isWrong({ stage, message }: Searchable): boolean {
  return message !== '' && stage !== 'filtered'
}
