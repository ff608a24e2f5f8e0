import { MAX_RECORD_BYTES, type TextSink, TOO_LONG } from '../text-reader'
import { planRows } from './plan-rows'

/** Gets what `readRows` finds. */
export type RowSink = TextSink & {
  /** Gets what the rows are. It is called once, before the first row. */
  onFormat: (format: string) => void
}

/**
 * Reads the rows of a table as the JSON texts of events. A row counts as a line, from 1. It yields after each list of rows.
 *
 * @param file the file as the user named it
 */
export async function* readRows(table: TableRows, file: string, sink: RowSink): AsyncGenerator<undefined> {
  try {
    yield* readLists(table, file, sink)
  } finally {
    await table.close?.()
  }
}

async function* readLists(
  { columns, cells, lists }: TableRows,
  file: string,
  sink: RowSink
): AsyncGenerator<undefined> {
  const plan = planRows({ columns, file, cells })
  if (!plan.ok) {
    sink.onProblem(0, plan.reason)
    return
  }
  sink.onFormat(plan.format)
  let line = 1
  for await (const rows of lists) {
    for (const row of rows) {
      if (row.length === columns.length) addRow(plan.toText(row), line, sink)
      else sink.onProblem(line, `It has ${row.length} values, but there are ${columns.length} columns.`)
      line += 1
    }
    yield
  }
}

function addRow(text: string, line: number, sink: TextSink): void {
  if (text.length * 3 > MAX_RECORD_BYTES && Buffer.byteLength(text) > MAX_RECORD_BYTES) sink.onProblem(line, TOO_LONG)
  else sink.onText(text, line)
}

/** A table as it is read. */
export type TableRows = {
  columns: readonly string[]
  /** `text` if the cells are only text, as in CSV. */
  cells: 'text' | 'typed'
  /** The rows, in their order, some at a time. Each has its cells in the order of the columns. */
  lists: AsyncIterable<readonly (readonly unknown[])[]>
  /** Gives back what the table holds, such as a temporary file. */
  close?: () => Promise<void>
}
