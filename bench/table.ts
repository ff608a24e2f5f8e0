/** A line of the report: what was measured, against what, and what the ratio of the two should be. */
export type Row = { what: string; measured: string; against: string; ratio: number; target: string }

/** The rows as a table in Markdown. */
export function table(rows: Row[]): string {
  const lines = [
    ['what', 'measured', 'against', 'ratio', 'target'],
    ...rows.map(({ what, measured, against, ratio, target }) => [what, measured, against, ratio.toFixed(2), target])
  ]
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  const [head, ...body] = lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column])))
  const rule = widths.map((width) => '-'.repeat(width))
  return [head, rule, ...body].map((line) => `| ${line.join(' | ')} |`).join('\n')
}
