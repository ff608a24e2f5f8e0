import { InputError } from '../core'
import { createTokenReader, type Token, type TokenReader, unexpected } from './filter-tokens'

/** What a trigger says, which may differ from what Segment's parser takes it as. */
export type TriggerNode = TriggerGroup | TriggerNot | TriggerTest

type TriggerGroup = { kind: 'and' | 'or'; parts: TriggerNode[] }

type TriggerNot = { kind: 'not'; part: TriggerNode }

/** One comparison of a value of the event. */
export type TriggerTest = {
  kind: 'test'
  /** The keys of the value: `['properties', 'price']`. */
  path: readonly string[]
  test: 'equals' | 'contains' | 'starts' | 'ends' | '<' | '<=' | '>' | '>='
  value: TriggerValue
  /** Whether the comparison must be false. */
  isNegated: boolean
}

export type TriggerValue = string | number | boolean | null

/** A parsed trigger, and the parts of it that Segment's parser takes as something else, one sentence each. */
type ParsedTrigger = { node: TriggerNode; problems: string[] }

/** The values of an event that Segment's parser knows. Each of the last three is an object. */
export const FIELDS = ['type', 'event', 'name', 'userId', 'properties', 'traits', 'context']
const OBJECTS = ['properties', 'traits', 'context']

/** A key that Segment's parser reads only with a backslash: a number, or a word of its own. */
export const NEEDS_BACKSLASH = /^(?:\d|-|and$|or$|null$)/

const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const

const OUTSIDE = `A destination filter can read every path.`

/** The state of parsing. `depth` is the number of parentheses around a part. */
type Reading = { tokens: TokenReader; problems: Set<string>; depth: number }

/**
 * Parses a trigger by what it says: with the usual meaning of its signs, also of those that Segment's parser does not
 * have.
 *
 * @throws InputError with the reason in a sentence, if the trigger cannot be read even so
 */
export function parseTrigger(text: string): ParsedTrigger {
  const reading: Reading = { tokens: createTokenReader(text, { hasEscapes: false }), problems: new Set(), depth: 0 }
  const node = readOr(reading)
  reading.tokens.expectEnd()
  return { node, problems: [...reading.problems] }
}

/** Lists the comparisons of a trigger. Returns none for a trigger that cannot be read. */
export function listTests(trigger: string): TriggerTest[] {
  try {
    return listTestsOf(parseTrigger(trigger).node)
  } catch {
    return []
  }
}

function listTestsOf(node: TriggerNode): TriggerTest[] {
  if (node.kind === 'test') return [node]
  if (node.kind === 'not') return listTestsOf(node.part).map(negate)
  return node.parts.flatMap(listTestsOf)
}

/** Returns the comparison that is true if this one is false. */
export function negate(test: TriggerTest): TriggerTest {
  return { ...test, isNegated: !test.isNegated }
}

function readOr(reading: Reading): TriggerNode {
  const { tokens, problems } = reading
  const parts = [readAnd(reading)]
  while (tokens.isNext('or', 'OR')) {
    if (tokens.next().value === 'OR') problems.add(`Segment's parser does not know "OR" and takes it as "and".`)
    parts.push(readAnd(reading))
  }
  if (parts.length === 1) return parts[0]
  if (parts.some(({ kind }) => kind === 'and')) {
    problems.add(
      `Segment's parser uses the last of "and" and "or" for all conditions, because no parentheses part them.`
    )
  }
  return { kind: 'or', parts }
}

function readAnd(reading: Reading): TriggerNode {
  const { tokens } = reading
  const parts = [readNot(reading)]
  while (tokens.skip('and') || tokens.skip('AND')) parts.push(readNot(reading))
  return parts.length === 1 ? parts[0] : { kind: 'and', parts }
}

function readNot(reading: Reading): TriggerNode {
  const { tokens, problems } = reading
  if (tokens.isNext('!', 'not', 'NOT')) {
    const { value } = tokens.next()
    if (value !== '!' || !tokens.isNext('contains', 'match')) {
      problems.add(`Segment's parser drops the "${value}", so the condition after it means the opposite.`)
    }
    return { kind: 'not', part: readNot(reading) }
  }
  if (!tokens.skip('(')) return readTest(reading)
  if (reading.depth > 0) problems.add(`Segment's parser cannot read parentheses inside parentheses.`)
  const node = readOr({ ...reading, depth: reading.depth + 1 })
  tokens.expect(')')
  return node
}

function readTest(reading: Reading): TriggerNode {
  const { tokens, problems } = reading
  const token = tokens.next()
  if (token.kind !== 'name') throw unexpected(token, 'a path or a function')
  if (tokens.isNext('(')) return readCall(token, reading)
  const path = readPath(token, reading)
  const isNegated = tokens.skip('not') || tokens.skip('NOT')
  if (isNegated || tokens.isNext('in', 'IN')) return readMembership(path, isNegated, reading)
  if (!tokens.isNext(...COMPARISONS)) {
    problems.add(`Segment's parser needs a comparison after "${path.join('.')}".`)
    return equals(path, true)
  }
  const sign = tokens.next().value as (typeof COMPARISONS)[number]
  if (sign === '=' && tokens.skip('=')) {
    problems.add(`Segment's parser does not know "==": it compares with the text "=", and the condition is never true.`)
  }
  const value = readValue(reading)
  if (sign !== '=' && sign !== '!=') return { kind: 'test', path, test: sign, value, isNegated: false }
  if (sign === '=') return toEquals(path, value, problems)
  if (typeof value !== 'boolean') return toNot(toEquals(path, value, problems))
  problems.add(`Segment's parser compares with the text "${value}" after "!=", so the value ${value} is taken too.`)
  return { kind: 'not', part: equals(path, value) }
}

function readMembership(path: readonly string[], isNegated: boolean, { tokens, ...rest }: Reading): TriggerNode {
  const { problems } = rest
  if (!tokens.skip('IN')) tokens.expect('in')
  tokens.expect('[')
  const values = tokens.readList(() => readValue({ tokens, ...rest }), ']')
  problems.add(`Segment's parser does not know lists, so the condition with "in" is never true.`)
  if (values.length === 0) throw new InputError('It needs a value in its list.')
  const part: TriggerNode = { kind: 'or', parts: values.map((value) => toEquals(path, value, problems)) }
  return isNegated ? { kind: 'not', part } : part
}

function readCall({ value: name }: Token, reading: Reading): TriggerNode {
  const { tokens, problems, depth } = reading
  if (name !== 'contains' && name !== 'match') {
    throw new InputError(`Segment's parser has only the functions contains and match, and not "${name}". ${OUTSIDE}`)
  }
  if (depth > 0) problems.add(`Segment's parser ends the parentheses at the end of "${name}" inside them.`)
  tokens.expect('(')
  const token = tokens.next()
  if (token.kind !== 'name') throw unexpected(token, 'a path')
  if (tokens.isNext('(')) return readCall(token, reading)
  const path = readPath(token, reading)
  tokens.expect(',')
  const text = String(readValue(reading))
  tokens.expect(')')
  return name === 'contains' ? toTest(path, 'contains', text) : toMatch(path, text, problems)
}

/** Segment's parser looks for one star, at the end or else at the start. */
function toMatch(path: readonly string[], pattern: string, problems: Set<string>): TriggerNode {
  const stars = pattern.split('*').length - 1
  if (stars === 1 && pattern.endsWith('*')) return toTest(path, 'starts', pattern.slice(0, -1))
  if (stars === 1 && pattern.startsWith('*')) return toTest(path, 'ends', pattern.slice(1))
  problems.add(
    `Segment's parser knows only one "*" in "match", at the start or the end, and takes the rest of "${pattern}" as other text.`
  )
  if (stars === 0) return equals(path, pattern)
  const [start, middle, ...more] = pattern.split('*')
  if (stars === 2 && start === '' && more[0] === '') return toTest(path, 'contains', middle)
  if (stars === 1 && !overlap(start, middle)) {
    return { kind: 'and', parts: [toTest(path, 'starts', start), toTest(path, 'ends', middle)] }
  }
  throw new InputError(`${[...problems].join(' ')} ${OUTSIDE}`)
}

/** Returns whether a text may start with one and end with the other, and be shorter than both together. */
function overlap(start: string, end: string): boolean {
  return Array.from(end, (_, index) => end.slice(0, index + 1)).some((part) => start.endsWith(part))
}

function readPath(first: Token, { tokens, problems }: Reading): string[] {
  const path = [unescapeKey(first, problems)]
  let needsBackslash = false
  while (tokens.skip('.')) {
    const token = tokens.next()
    if (token.kind !== 'name' && token.kind !== 'number') throw unexpected(token, 'a key after "."')
    path.push(unescapeKey(token, problems))
    needsBackslash ||= NEEDS_BACKSLASH.test(token.raw)
  }
  const said = path.join('.')
  const [root, ...keys] = path
  if (!FIELDS.includes(root)) {
    problems.add(
      `Segment's parser knows only ${FIELDS.join(', ')}, and drops the condition with "${said}". Leave it out. ${OUTSIDE}`
    )
  } else if (OBJECTS.includes(root) === (keys.length === 0)) {
    problems.add(`Segment's parser does not find a value at "${said}".`)
  }
  if (needsBackslash) {
    problems.add(`Segment's parser cannot read "${said}" without a backslash, and the condition is never true.`)
  }
  return path
}

function unescapeKey({ raw }: Token, problems: Set<string>): string {
  const key = raw.replace(/\\(.)/g, '$1')
  if (key.includes('.')) problems.add(`Segment's parser takes the key "${key}" as several keys. ${OUTSIDE}`)
  return key
}

const WORDS: Partial<Record<string, TriggerValue>> = { true: true, false: false, null: null }

function readValue({ tokens, problems }: Reading): TriggerValue {
  const token = tokens.next()
  const { kind, raw, quote } = token
  if (kind === 'number') return Number(raw)
  if (kind === 'text') {
    if (quote === "'") problems.add(`Segment's parser takes single quotes as a part of the text.`)
    return raw
  }
  if (kind !== 'name') throw unexpected(token, 'a value')
  if (tokens.isNext('.')) {
    throw new InputError(`Segment's parser does not compare two values of an event. ${OUTSIDE}`)
  }
  return Object.hasOwn(WORDS, raw) ? (WORDS[raw] as TriggerValue) : raw.replace(/\\(.)/g, '$1')
}

/** Segment's parser has no comparison with null for the name of an event, but any text starts with nothing. */
function toEquals(path: readonly string[], value: TriggerValue, problems: Set<string>): TriggerNode {
  const [root] = path
  if (value !== null || (root !== 'event' && root !== 'type')) return equals(path, value)
  problems.add(`Segment's parser compares "${root}" with the text "null".`)
  return toNot(toTest([root], 'starts', ''))
}

function equals(path: readonly string[], value: TriggerValue): TriggerTest {
  return { kind: 'test', path, test: 'equals', value, isNegated: false }
}

function toTest(path: readonly string[], test: TriggerTest['test'], value: string): TriggerTest {
  return { kind: 'test', path, test, value, isNegated: false }
}

function toNot(part: TriggerNode): TriggerNode {
  return { kind: 'not', part }
}
