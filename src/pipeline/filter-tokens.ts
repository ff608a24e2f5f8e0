import { InputError } from '../core'

/** A word, value or sign of a condition. The last token of each condition is `end`. */
export type Token = { kind: 'text' | 'number' | 'name' | 'sign' | 'end'; value: string }

/** The tokens of a condition, read one after another. */
export type TokenReader = {
  /** Returns the next token and goes past it. */
  next: () => Token
  /** Returns whether the next token is one of these names or signs. */
  isNext: (...values: string[]) => boolean
  /** Goes past the next token if it is this name or sign. Returns whether it is. */
  skip: (value: string) => boolean
  /** Goes past a name or sign. Throws InputError if the next token is another one. */
  expect: (value: string) => void
  /** Reads items with commas between them, up to a closing sign. */
  readList: <Item>(readItem: () => Item, close: string) => Item[]
  /** Throws InputError if a token is left. */
  expectEnd: () => void
}

/**
 * Creates a reader of a condition's tokens.
 *
 * @throws InputError if a part of the text is no token
 */
export function createTokenReader(text: string): TokenReader {
  const tokens = splitTokens(text)
  let index = 0

  function isNext(...values: string[]): boolean {
    const { kind, value } = tokens[index]
    return (kind === 'name' || kind === 'sign') && values.includes(value)
  }

  function skip(value: string): boolean {
    if (!isNext(value)) return false
    index += 1
    return true
  }

  function expect(value: string): void {
    if (!skip(value)) throw unexpected(tokens[index], `"${value}"`)
  }

  return {
    next: () => tokens[index++],
    isNext,
    skip,
    expect,
    readList(readItem, close) {
      if (skip(close)) return []
      const items = [readItem()]
      while (skip(',')) items.push(readItem())
      expect(close)
      return items
    },
    expectEnd() {
      if (tokens[index].kind !== 'end') throw unexpected(tokens[index], '"and", "or" or the end')
    }
  }
}

/** Text in quotes, a number, a name, an operator or a sign. Spaces before it are skipped. */
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

/** Other backslashes stay, because patterns of `match` use them. */
function unescape(text: string): string {
  return text.replace(/\\(["'. -])/g, '$1')
}

/** Returns the error about a token in the wrong place. */
export function unexpected({ kind, value }: Token, wanted: string): InputError {
  return new InputError(`It needs ${wanted} ${kind === 'end' ? 'at its end' : `where it has "${value}"`}.`)
}
