import { InputError } from '../core'
import { COMPARISONS, FUNCTIONS, isSame } from './filter-functions'
import { createTokenReader, type TokenReader, unexpected } from './filter-tokens'

/** Tells whether an event fulfills a condition. */
export type Condition = (event: object) => boolean

/** Finds a value in an event, or computes one from it. Returns undefined if the event does not have it. */
type Term = (event: object) => unknown

/**
 * Parses a condition of a destination filter in Segment's filter language, which has more than the filters of mappings:
 * paths into the whole event, `!`, parentheses, `in`, and functions.
 *
 * Types are strict, as in Segment: the text "5" is not the number 5. A value that the event does not have is null.
 *
 * @example
 * const matches = parseCondition('type = "track" and !contains(lowercase(properties.name), "gift")')
 * @throws InputError with the reason in a sentence, which does not name the filter
 *
 * Source: https://segment.com/docs/api/config-api/fql/, and https://github.com/segmentio/tsub-js for how values are compared
 */
export function parseCondition(text: string): Condition {
  const tokens = createTokenReader(text)
  const condition = readOr(tokens)
  tokens.expectEnd()
  return condition
}

function readOr(tokens: TokenReader): Condition {
  const parts = [readAnd(tokens)]
  while (tokens.skip('or')) parts.push(readAnd(tokens))
  return parts.length === 1 ? parts[0] : (event) => parts.some((part) => part(event))
}

function readAnd(tokens: TokenReader): Condition {
  const parts = [readNot(tokens)]
  while (tokens.skip('and')) parts.push(readNot(tokens))
  return parts.length === 1 ? parts[0] : (event) => parts.every((part) => part(event))
}

function readNot(tokens: TokenReader): Condition {
  if (tokens.skip('!')) {
    const condition = readNot(tokens)
    return (event) => !condition(event)
  }
  if (!tokens.skip('(')) return readComparison(tokens)
  const condition = readOr(tokens)
  tokens.expect(')')
  return condition
}

function readComparison(tokens: TokenReader): Condition {
  const left = readTerm(tokens)
  if (tokens.skip('in')) {
    tokens.expect('[')
    const list = tokens.readList(() => readTerm(tokens), ']')
    return (event) => list.some((item) => isSame(item(event), left(event)))
  }
  if (!tokens.isNext(...Object.keys(COMPARISONS))) return (event) => left(event) === true
  const compare = COMPARISONS[tokens.next().value]
  const right = readTerm(tokens)
  return (event) => compare(left(event), right(event))
}

const WORDS: Partial<Record<string, unknown>> = { true: true, false: false, null: null }

function readTerm(tokens: TokenReader): Term {
  const token = tokens.next()
  const { kind, value } = token
  if (kind === 'text') return () => value
  if (kind === 'number') return () => Number(value)
  if (kind !== 'name') throw unexpected(token, 'a value or a path')
  if (tokens.isNext('(')) return readCall(value, tokens)
  if (Object.hasOwn(WORDS, value)) return () => WORDS[value]
  const path = [value]
  while (tokens.skip('.')) path.push(readKey(tokens))
  return (event) => valueAt(event, path)
}

function readKey(tokens: TokenReader): string {
  const token = tokens.next()
  if (token.kind === 'end') throw unexpected(token, 'a key after "."')
  return token.value
}

function readCall(name: string, tokens: TokenReader): Term {
  if (!Object.hasOwn(FUNCTIONS, name)) {
    throw new InputError(`There is no function "${name}". The functions are: ${Object.keys(FUNCTIONS).join(', ')}.`)
  }
  const { arity, call } = FUNCTIONS[name]
  tokens.expect('(')
  const terms = tokens.readList(() => readTerm(tokens), ')')
  if (terms.length !== arity) {
    throw new InputError(`The function "${name}" takes ${arity} values, and here it has ${terms.length}.`)
  }
  return (event) => call(...terms.map((term) => term(event)))
}

function valueAt(value: unknown, path: string[]): unknown {
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}
