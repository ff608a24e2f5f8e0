/** Returns a Markdown table. */
export function toTable(head: string[], rows: string[][]): string {
  const toLine = (cells: string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`
  return [toLine(head), toLine(head.map(() => '---')), ...rows.map(toLine)].join('\n')
}

/** Writes a text as code. */
export function toCode(text: string): string {
  return `\`${text}\``
}
