/** Writes text for a terminal. */

/** The length of a line, in characters. */
const WIDTH = 100

/** Returns the title of a section, after an empty line. */
export function titleOf(text: string, bold: Styles['bold']): string {
  return `\n${bold(text)}`
}

/** Returns the heading and the lines, or nothing if there are no lines. */
export function section(heading: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines]
}

/** Aligns columns of numbers to the right, and all others to the left. */
export function tableOf(rows: string[][]): string[] {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, at) => Math.max(all[at] ?? 0, cell.length)), [])
  const isNumeric = widths.map((_, at) => rows.every((row) => at > 0 && !/[a-z]{2}.*[ ,]/i.test(row[at])))
  return rows.map((row) =>
    `  ${row.map((cell, at) => (isNumeric[at] ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join('  ')}`.trimEnd()
  )
}

/** Breaks a text into lines, each with an indent. */
export function wrap(text: string, indent: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + word.length + 1 > WIDTH - indent.length) {
      lines.push(indent + line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, indent + line]
}

/** Functions that color a text, or leave it as it is. */
export type Styles = Record<'bold' | 'dim' | 'red' | 'yellow' | 'green', (text: string) => string>

/** Creates styles. @param color whether the terminal has colors */
export function createStyles(color: boolean): Styles {
  const style =
    (start: number, end: number) =>
    (text: string): string =>
      color ? `\u001b[${start}m${text}\u001b[${end}m` : text
  return { bold: style(1, 22), dim: style(2, 22), red: style(31, 39), yellow: style(33, 39), green: style(32, 39) }
}
