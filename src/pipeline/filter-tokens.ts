import { InputError } from '../core'

/** A word, value or sign of a condition. The last token of each condition is `end`. */
export type Token = {
  kind: 'text' | 'number' | 'name' | 'sign' | 'end'
  value: string
  /** As the condition has it: with its backslashes, but without the quotes of a text. */
  raw: string
  /** The quotes of a text. */
  quote?: '"' | "'"
}

/** The tokens of a condition, read one after another. */
export type TokenReader = ReturnType<typeof createTokenReader>

/**
 * Creates a reader of a condition's tokens.
 *
 * @param hasEscapes whether a text may have its own quotes after a backslash. Default: true
 * @throws InputError if a part of the text is no token
 */
export function createTokenReader(text: string, { hasEscapes = true } = {}) {
  const tokens = splitTokens(text, hasEscapes ? TOKEN : PLAIN_TOKEN)
  let index = 0

  /** Returns whether the next token is one of these names or signs. */
  function isNext(...values: string[]): boolean {
    const { kind, value } = tokens[index]
    return (kind === 'name' || kind === 'sign') && values.includes(value)
  }

  /** Goes past the next token if it is this name or sign. Returns whether it is. */
  function skip(value: string): boolean {
    if (!isNext(value)) return false
    index += 1
    return true
  }

  /** Goes past a name or sign. Throws InputError if the next token is another one. */
  function expect(value: string): void {
    if (!skip(value)) throw unexpected(tokens[index], `"${value}"`)
  }

  return {
    /** Returns the next token and goes past it. */
    next: () => tokens[index++],
    isNext,
    skip,
    expect,
    /** Reads items with commas between them, up to a closing sign. */
    readList<Item>(readItem: () => Item, close: string): Item[] {
      if (skip(close)) return []
      const items = [readItem()]
      while (skip(',')) items.push(readItem())
      expect(close)
      return items
    },
    /** Throws InputError if a token is left. */
    expectEnd(): void {
      if (tokens[index].kind !== 'end') throw unexpected(tokens[index], '"and", "or" or the end')
    }
  }
}

const REST = String.raw`([-+]?\d+(?:\.\d+)?)|((?:[A-Za-z_$]|\\.)(?:[\w$-]|\\.)*)|(!=|<=|>=|[=<>!()[\],.])`

/** Text in quotes, a number, a name, an operator or a sign. Spaces before it are skipped. */
const TOKEN = new RegExp(String.raw`\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|${REST})`, 'y')

/** The same, with text in which a backslash has no meaning. */
const PLAIN_TOKEN = new RegExp(String.raw`\s*(?:"([^"]*)"|'([^']*)'|${REST})`, 'y')

function splitTokens(text: string, pattern: RegExp): Token[] {
  const tokens: Token[] = []
  pattern.lastIndex = 0
  const end = text.trimEnd().length
  while (pattern.lastIndex < end) {
    const at = pattern.lastIndex
    const match: (string | undefined)[] | null = pattern.exec(text)
    if (!match) throw new InputError(`It cannot be read from here on: ${text.slice(at).trim()}`)
    const [, double, single, number, name, sign] = match
    if (double !== undefined) tokens.push({ kind: 'text', value: unescape(double), raw: double, quote: '"' })
    else if (single !== undefined) tokens.push({ kind: 'text', value: unescape(single), raw: single, quote: "'" })
    else if (number !== undefined) tokens.push({ kind: 'number', value: number, raw: number })
    else if (name !== undefined) tokens.push({ kind: 'name', value: unescape(name), raw: name })
    else tokens.push({ kind: 'sign', value: sign ?? '', raw: sign ?? '' })
  }
  return [...tokens, { kind: 'end', value: '', raw: '' }]
}

/** Other backslashes stay, because patterns of `match` use them. */
function unescape(text: string): string {
  return text.replace(/\\(["'. -])/g, '$1')
}

/** Returns the error about a token in the wrong place. */
export function unexpected({ kind, value }: Pick<Token, 'kind' | 'value'>, wanted: string): InputError {
  return new InputError(`It needs ${wanted} ${kind === 'end' ? 'at its end' : `where it has "${value}"`}.`)
}
