import {
  readTerms,
  SEARCH_KEYS,
  type SearchKey,
  type SearchKeyName,
  type SearchTerm,
  toTerm
} from '../../core/search-language'
import type { DeliveryRow } from '../../workbench/api'

/** A suggestion for a search. */
export type Hint = {
  /** The term after it is chosen. */
  term: string
  /** Describes what the term finds. */
  meaning: string
}

/** A search, and the term in it that the cursor is in or behind. */
export type Draft = { before: string; term: string; after: string }

const KEYS: [SearchKeyName, SearchKey][] = Object.entries(SEARCH_KEYS) as [SearchKeyName, SearchKey][]

const TIMES: Hint[] = [
  { term: '5m', meaning: '5 minutes ago' },
  { term: '1h', meaning: 'an hour ago' },
  { term: '1d', meaning: 'a day ago' },
  { term: '00:00', meaning: 'the beginning of today' }
]

/** Enough for all keys, and for all values of `is:`. */
const MAX_HINTS = 14

/** The number of rows that are read. More rows would make the hints slower, but not better. */
const MAX_READ = 1_000

/** Finds the term at the cursor. A quoted term can have spaces. */
export function draftAt(text: string, cursor: number): Draft {
  const start = text.slice(0, cursor).match(/(?:[^\s"]|"[^"]*"?)*$/)?.index ?? cursor
  const length = text.slice(start).match(/^(?:[^\s"]|"[^"]*"?)*/)?.[0].length ?? 0
  return { before: text.slice(0, start), term: text.slice(start, start + length), after: text.slice(start + length) }
}

/** Suggests completions of a term, from the search language and from the rows of the list. */
export function findHints(term: string, rows: readonly DeliveryRow[]): Hint[] {
  const isNegated = term.startsWith('-')
  const bare = (isNegated ? term.slice(1) : term).replaceAll('"', '').toLowerCase()
  const hints = candidates(bare, rows)
    .filter((hint) => hint.term.replaceAll('"', '').toLowerCase().startsWith(bare))
    .filter((hint) => hint.term !== term)
  return hints.slice(0, MAX_HINTS).map((hint) => (isNegated ? { ...hint, term: `-${hint.term}` } : hint))
}

function candidates(bare: string, rows: readonly DeliveryRow[]): Hint[] {
  const colon = bare.indexOf(':')
  if (colon === -1) return KEYS.map(([key, { meaning }]) => ({ term: `${key}:`, meaning }))
  const name = bare.slice(0, colon)
  const [key, { values }] = KEYS.find(([each]) => each === name) ?? [undefined, {}]
  if (key === undefined) return []
  if (values) return Object.entries(values).map(([value, meaning]) => ({ term: toTerm(key, value), meaning }))
  if (key === 'since' || key === 'until')
    return TIMES.map(({ term, meaning }) => ({ term: toTerm(key, term), meaning }))
  return countValues(VALUES[key] ?? (() => []), rows).map(([value, count]) => ({
    term: toTerm(key, value),
    meaning: `${count} of the newest`
  }))
}

function countValues(read: ReadValues, rows: readonly DeliveryRow[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const row of rows.slice(0, MAX_READ)) {
    for (const value of read(row)) if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a)
}

type ReadValues = (row: DeliveryRow) => (string | null | undefined)[]

const VALUES: { [Key in SearchKeyName]?: ReadValues } = {
  event: ({ event }) => [event?.name],
  mapping: ({ mapping }) => [mapping],
  user: ({ event }) => [event?.anonymousId ?? event?.userId],
  id: ({ event }) => [event?.messageId],
  product: ({ about }) => [about?.kind === 'product' ? about.id : undefined],
  order: ({ value }) => [value?.order],
  bid: ({ ad }) => [ad?.bid],
  finding: ({ findings }) => findings,
  code: ({ codes }) => codes
}

/** Removes terms from a search. */
export function withoutTerms(search: string, isRemoved: (term: SearchTerm) => boolean): string {
  return readTerms(search)
    .filter((term) => !isRemoved(term))
    .map(({ text }) => text)
    .join(' ')
}

/** Adds a term to a search. It replaces other terms with its key, except those of `is:` and `has:`, and negated ones. */
export function withTerm(search: string, key: SearchKeyName, value: string): string {
  const added = toTerm(key, value)
  const isReplaced = ({ text, key: other, isNegated }: SearchTerm): boolean =>
    text === added || (other === key && !isNegated && key !== 'is' && key !== 'has')
  return [withoutTerms(search, isReplaced), added].filter(Boolean).join(' ')
}
