/** Quoted values: JSON text that may be cut with an ellipsis. */
const QUOTED = /"(?:[^"\\]|\\.)*"…?|"[^"]*$/g

/** The problems of order lines, as the destination lists them: `line 1 has no product id; line 2 has a price of 0`. */
const LINE_PROBLEM = /^(?:line \d+ |and \d+ more)/

/** The numbers that differ from event to event. Others, such as those of an example in a message, stay. */
const COUNTS: [pattern: RegExp, replacement: string][] = [
  [/\b(quantity|price) of -?[\d.e+-]*\d/g, '$1 of N'],
  [/: -?[\d.e+-]+ times -?[\d.e+-]*\d/g, ': N times N'],
  [/\b\d+ of \d+ products/g, 'N of N products'],
  [/\band \d+ more\b/g, 'and N more'],
  [/(?<=[/.[])\d+(?=[/.\]\s])/g, 'N']
]

const LINES = /^([^:]*: )(line \d+ .*)$/s

/** The products of a list, as the destination names them: `Product 1, Product 3: This impression …`. */
const PRODUCTS = /\bProduct \d+(?:, (?:Product \d+|and \d+ more))*:/g

/**
 * Makes the same message of messages that differ only in their values, so that they can be counted together. `…` stands
 * for a value, `N` for a number.
 *
 * @example
 * generalize('Left out of this order: line 1 has no product id; line 4 has no product id.')
 * // 'Left out of this order: a line has no product id.'
 */
export function generalize(message: string): string {
  const plain = message.replace(QUOTED, '"…"').replace(PRODUCTS, 'A product:')
  const match = LINES.exec(plain)
  const text = match ? `${match[1]}${generalizeLines(match[2])}` : plain
  return COUNTS.reduce((general, [pattern, replacement]) => general.replace(pattern, replacement), text)
}

/** Splits what the destination says about the lines of an order: the number of each line, from 1, and its problem. */
export function problemsOfLines(message: string): { line: number; problem: string }[] {
  const list = LINES.exec(message)?.[2] ?? ''
  return list.split('; ').flatMap((part) => {
    const match = /^line (\d+) (.*?)\.?$/s.exec(part)
    return match ? [{ line: Number(match[1]), problem: generalize(match[2]) }] : []
  })
}

function generalizeLines(list: string): string {
  const parts = list.replace(/\.$/, '').split('; ')
  const problems = parts.filter((part) => !part.startsWith('and ')).map((part) => part.replace(LINE_PROBLEM, 'a line '))
  return `${[...new Set(problems)].sort().join('; ')}.`
}
