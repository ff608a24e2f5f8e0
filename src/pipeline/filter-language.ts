import { InputError } from '../core'

/** Tells whether an event fulfills a condition. */
export type Condition = (event: object) => boolean

/** Finds a value in an event, or computes one from it. `undefined` is what the event does not have. */
type Term = (event: object) => unknown

type Token = { kind: 'text' | 'number' | 'name' | 'sign' | 'end'; value: string }

/**
 * Parses a condition of a destination filter in Segment's filter language, which has more than the filters of mappings:
 * paths into the whole event, `!`, parentheses, `in`, and functions.
 *
 * Types are strict, as in Segment: the text "5" is not the number 5. A value that the event does not have is null.
 *
 * @example
 * const matches = parseCondition('type = "track" and !contains(lowercase(properties.name), "gift")')
 * @throws InputError with the reason, in a sentence. It does not say which filter it is
 *
 * Source: https://segment.com/docs/api/config-api/fql/, and https://github.com/segmentio/tsub-js for how values are compared
 */
export function parseCondition(text: string): Condition {
  const tokens = splitTokens(text)
  let place = 0

  const peek = (): Token => tokens[place]
  const next = (): Token => tokens[place++]
  const isNext = (...values: string[]): boolean =>
    (peek().kind === 'name' || peek().kind === 'sign') && values.includes(peek().value)
  const skip = (value: string): boolean => {
    if (!isNext(value)) return false
    place += 1
    return true
  }
  const expect = (value: string): void => {
    if (!skip(value)) throw unexpected(peek(), `"${value}"`)
  }

  function readOr(): Condition {
    const parts = [readAnd()]
    while (skip('or')) parts.push(readAnd())
    return parts.length === 1 ? parts[0] : (event) => parts.some((part) => part(event))
  }

  function readAnd(): Condition {
    const parts = [readNot()]
    while (skip('and')) parts.push(readNot())
    return parts.length === 1 ? parts[0] : (event) => parts.every((part) => part(event))
  }

  function readNot(): Condition {
    if (skip('!')) {
      const condition = readNot()
      return (event) => !condition(event)
    }
    if (!skip('(')) return readComparison()
    const condition = readOr()
    expect(')')
    return condition
  }

  function readComparison(): Condition {
    const left = readTerm()
    if (skip('in')) {
      const list = readList()
      return (event) => list.some((item) => isSame(item(event), left(event)))
    }
    if (!isNext(...Object.keys(COMPARISONS))) return (event) => left(event) === true
    const compare = COMPARISONS[next().value]
    const right = readTerm()
    return (event) => compare(left(event), right(event))
  }

  function readTerm(): Term {
    const { kind, value } = next()
    if (kind === 'text') return () => value
    if (kind === 'number') return () => Number(value)
    if (kind !== 'name') throw unexpected(tokens[place - 1], 'a value or a path')
    if (isNext('(')) return readCall(value)
    if (Object.hasOwn(WORDS, value)) return () => WORDS[value]
    const path = [value]
    while (skip('.')) path.push(next().value)
    return (event) => valueAt(event, path)
  }

  function readCall(name: string): Term {
    if (!Object.hasOwn(FUNCTIONS, name)) {
      throw new InputError(`There is no function "${name}". The functions are: ${Object.keys(FUNCTIONS).join(', ')}.`)
    }
    const { arity, call } = FUNCTIONS[name]
    expect('(')
    const terms: Term[] = []
    if (!isNext(')'))
      do terms.push(readTerm())
      while (skip(','))
    expect(')')
    if (terms.length !== arity) {
      throw new InputError(`The function "${name}" takes ${arity} values, and here it has ${terms.length}.`)
    }
    return (event) => call(...terms.map((term) => term(event)))
  }

  function readList(): Term[] {
    expect('[')
    const terms: Term[] = []
    if (!isNext(']'))
      do terms.push(readTerm())
      while (skip(','))
    expect(']')
    return terms
  }

  const condition = readOr()
  if (peek().kind !== 'end') throw unexpected(peek(), '"and", "or" or the end')
  return condition
}

const WORDS: Partial<Record<string, unknown>> = { true: true, false: false, null: null }

const COMPARISONS: Record<string, (one: unknown, other: unknown) => boolean> = {
  '=': isSame,
  '!=': (one, other) => !isSame(one, other),
  '<': ofNumbers((one, other) => one < other),
  '<=': ofNumbers((one, other) => one <= other),
  '>': ofNumbers((one, other) => one > other),
  '>=': ofNumbers((one, other) => one >= other)
}

const FUNCTIONS: Record<string, { arity: number; call: (...values: unknown[]) => unknown }> = {
  contains: {
    arity: 2,
    call: (text, part) => typeof text === 'string' && typeof part === 'string' && text.includes(part)
  },
  match: {
    arity: 2,
    call: (text, glob) => typeof text === 'string' && typeof glob === 'string' && toPattern(glob).test(text)
  },
  lowercase: { arity: 1, call: (text) => (typeof text === 'string' ? text.toLowerCase() : null) },
  typeof: { arity: 1, call: typeOf },
  length: {
    arity: 1,
    call: (value) => (typeof value === 'string' || Array.isArray(value) ? value.length : isMissing(value) ? 0 : NaN)
  }
}

/** Text in quotes, a number, a name, an operator or a sign. Spaces before it belong to nothing. */
const TOKEN =
  /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(-?\d+(?:\.\d+)?)|((?:[A-Za-z_$]|\\.)(?:[\w$-]|\\.)*)|(!=|<=|>=|[=<>!()[\],.]))/y

function splitTokens(text: string): Token[] {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  const end = text.trimEnd().length
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex
    const match: (string | undefined)[] | null = TOKEN.exec(text)
    if (!match) throw new InputError(`It cannot be read from here on: ${text.slice(at).trim()}`)
    const [, double, single, number, name, sign] = match
    const quoted = double ?? single
    if (quoted !== undefined) tokens.push({ kind: 'text', value: unescape(quoted) })
    else if (number !== undefined) tokens.push({ kind: 'number', value: number })
    else if (name !== undefined) tokens.push({ kind: 'name', value: unescape(name) })
    else tokens.push({ kind: 'sign', value: sign ?? '' })
  }
  return [...tokens, { kind: 'end', value: '' }]
}

/** In a pattern of `match`, a backslash stays, because it means something there as well. */
function unescape(text: string): string {
  return text.replace(/\\(["'. -])/g, '$1')
}

function unexpected({ kind, value }: Token, wanted: string): InputError {
  return new InputError(`It needs ${wanted} ${kind === 'end' ? 'at its end' : `where it has "${value}"`}.`)
}

function valueAt(value: unknown, path: string[]): unknown {
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

function isSame(one: unknown, other: unknown): boolean {
  if (isMissing(one) || isMissing(other)) return isMissing(one) && isMissing(other)
  if (typeof one === 'object' && typeof other === 'object') return JSON.stringify(one) === JSON.stringify(other)
  return one === other
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null
}

function ofNumbers(compare: (one: number, other: number) => boolean): (one: unknown, other: unknown) => boolean {
  return (one, other) => typeof one === 'number' && typeof other === 'number' && compare(one, other)
}

function typeOf(value: unknown): string {
  if (isMissing(value)) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}

const patterns = new Map<string, RegExp>()

/** Patterns have `*` for any text, `?` for one character, and `[a-z]` and `[^a-z]` for one of some. */
function toPattern(glob: string): RegExp {
  const known = patterns.get(glob)
  if (known) return known
  const source = glob.replace(
    /\\(.)|\*+|\?|\[(\^?)([^\]]+)\]|[^]/g,
    (part, escaped?: string, not?: string, set?: string) => {
      if (escaped !== undefined) return quote(escaped)
      if (set !== undefined) return `[${not ?? ''}${set.replace(/[\\[\]^]/g, '\\$&')}]`
      if (part.startsWith('*')) return '[^]*'
      return part === '?' ? '[^]' : quote(part)
    }
  )
  const pattern = compile(`^${source}$`)
  if (patterns.size < MAX_PATTERNS) patterns.set(glob, pattern)
  return pattern
}

/** A range that is the wrong way round, such as `[z-a]`, matches nothing. */
function compile(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch {
    return /(?!)/
  }
}

/** A pattern may come from the event, so that there is no end of them. */
const MAX_PATTERNS = 1_000

function quote(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
