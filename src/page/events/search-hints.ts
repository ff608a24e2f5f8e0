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

const FIELDS: Hint[] = [
  { term: 'is:', meaning: 'how far it got: delivered, failed, filtered, pending, ingest' },
  { term: 'event:', meaning: 'the name of the event' },
  { term: 'mapping:', meaning: 'the mapping that took it' },
  { term: 'user:', meaning: 'one person, by any id' },
  { term: 'id:', meaning: 'one event, by its messageId' },
  { term: 'code:', meaning: 'a code of the reason, the destination’s or Topsort’s' }
]

const STAGES: Hint[] = [
  { term: 'is:delivered', meaning: 'Topsort has it' },
  { term: 'is:failed', meaning: 'it failed for good' },
  { term: 'is:pending', meaning: 'it failed and will be tried again' },
  { term: 'is:filtered', meaning: 'no mapping took it' },
  { term: 'is:ingest', meaning: 'Segment would refuse it' }
]

const MAX_HINTS = 8

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
  if (colon === -1) return FIELDS
  const field = bare.slice(0, colon)
  if (field === 'is') return STAGES
  const read = VALUES[field]
  if (!read) return []
  const counts = new Map<string, number>()
  for (const row of rows.slice(0, MAX_READ)) {
    for (const value of read(row)) if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([value, count]) => ({ term: `${field}:${quote(value)}`, meaning: `${count} of the newest` }))
}

const VALUES: Partial<Record<string, (row: DeliveryRow) => (string | null | undefined)[]>> = {
  event: ({ event }) => [event?.name],
  mapping: ({ mapping }) => [mapping],
  user: ({ event }) => [event?.anonymousId ?? event?.userId],
  id: ({ event }) => [event?.messageId],
  code: ({ codes }) => codes
}

/** Writes a value so that the search reads it as one term. */
export function quote(value: string): string {
  return /[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value
}

/** Removes the terms of a field such as `is:`, including negated ones. */
export function withoutTerms(search: string, field: string): string {
  return (search.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [])
    .filter((term) => !term.replace(/^-/, '').toLowerCase().startsWith(field))
    .join(' ')
}
