import { InputError, listCodes } from '../core'
import type { Delivery } from '../pipeline'
import type { RowStage } from './api'

/** The input of a search: a delivery, or an event that waits for its first attempt. */
export type Searchable = Omit<Delivery, 'stage'> & {
  stage: RowStage
  /** The codes of the findings about the event, if they are known. */
  findings?: string[]
}

/**
 * Reads a search for deliveries. Terms are separated by spaces, and all of them must match. Upper and lower case are the
 * same.
 *
 * - `yogurt` matches anywhere in a delivery, `"vanilla yogurt"` too, with its space
 * - `event:"Order Completed"`, `mapping:Click`, `user:71303ce0`, `id:m1` match the whole value
 * - `is:failed` matches a stage: delivered, failed, filtered, pending, received; `is:ingest` only what failed on ingest
 * - `code:about_nothing` matches a code of the reason: the destination's, or Topsort's, such as `invalid_api_key`
 * - `finding:double-click` matches the code of a finding about the event
 * - `-` before a term negates it
 *
 * @returns a function that returns whether a delivery matches
 * @throws InputError if a field or stage does not exist, or if there are more than 50 terms
 */
export function parseSearch(query: string): (delivery: Searchable) => boolean {
  const terms = [...query.matchAll(TERM)]
  if (terms.length > MAX_TERMS) {
    throw new InputError(
      `A search has at most ${MAX_TERMS} terms, and this one has ${terms.length}. Put words in quotes.`
    )
  }
  const matchers = terms.map((term: (string | undefined)[]): Matcher => {
    const [, minus, field, quoted, bare = ''] = term
    const matches = toMatcher(field, (quoted ?? bare).toLowerCase())
    return minus ? (delivery, readText) => !matches(delivery, readText) : matches
  })
  return (delivery) => {
    let text: string | undefined
    const readText = (): string => (text ??= JSON.stringify(delivery).toLowerCase())
    return matchers.every((matches) => matches(delivery, readText))
  }
}

/** Gets the text of the whole delivery from `readText`, which makes it once for all terms. */
type Matcher = (delivery: Searchable, readText: () => string) => boolean

/** Each term looks at every delivery, so without a limit one request could keep the workbench busy for minutes. */
const MAX_TERMS = 50

/** A minus, a field with a colon, and a word or a quoted value. A quote that is not closed extends to the end. */
const TERM = /(-)?(?:([a-z]+):)?(?:"([^"]*)"?|([^\s"]+))/gi

const FIELDS: Record<string, (value: string) => Matcher> = {
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
  is: toStageMatcher
}

/** The values of `is:`, and their stages. */
const STAGES: Partial<Record<string, RowStage[]>> = {
  delivered: ['delivered'],
  failed: ['failed', 'failed on ingest'],
  ingest: ['failed on ingest'],
  filtered: ['filtered'],
  pending: ['pending retry'],
  received: ['received']
}

function toMatcher(field: string | undefined, value: string): Matcher {
  if (field === undefined) return (_, readText) => readText().includes(value)
  const create = Object.hasOwn(FIELDS, field.toLowerCase()) ? FIELDS[field.toLowerCase()] : undefined
  if (create) return create(value)
  throw new InputError(
    `There is no search field "${field}". The fields are: ${Object.keys(FIELDS).join(', ')}. Put a word with a colon in quotes.`
  )
}

function equals(read: (delivery: Searchable) => unknown[]): (value: string) => Matcher {
  return (value) => (delivery) => read(delivery).some((item) => isText(item) && String(item).toLowerCase() === value)
}

function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function toStageMatcher(value: string): Matcher {
  const stages = Object.hasOwn(STAGES, value) ? STAGES[value] : undefined
  if (stages) return ({ stage }) => stages.includes(stage)
  throw new InputError(`There is no stage "${value}". The stages are: ${Object.keys(STAGES).join(', ')}.`)
}
