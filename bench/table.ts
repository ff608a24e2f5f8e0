/**
 * A row of the report: a measurement, the value that it is compared with, their ratio, and the target for the ratio.
 */
export type Row = { name: string; measured: string; against: string; ratio: number; target: string }

/** Returns the rows as a Markdown table. */
export function toTable(rows: Row[]): string {
  const lines = [
    ['measurement', 'measured', 'against', 'ratio', 'target'],
    ...rows.map(({ name, measured, against, ratio, target }) => [name, measured, against, ratio.toFixed(2), target])
  ]
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  const [head, ...body] = lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column])))
  const rule = widths.map((width) => '-'.repeat(width))
  return [head, rule, ...body].map((line) => `| ${line.join(' | ')} |`).join('\n')
}
