import { isTooLong, type TextSink, TOO_LONG } from '../text-reader'
import { planRows } from './plan-rows'

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

/** Gets what `readRows` finds. */
type RowSink = TextSink & {
  /** Gets what the rows are. It is called once, before the first row. */
  onFormat: (format: string) => void
}

/**
 * Reads the rows of a table as the JSON texts of events. A row counts as a line, from 1. It yields after each list of rows.
 *
 * @param file the file as the user named it
 */
export async function* readRows(table: TableRows, file: string, sink: RowSink): AsyncGenerator<undefined> {
  const { columns, lists } = table
  try {
    const plan = planRows(table, file)
    if (!plan.ok) {
      sink.onProblem(0, plan.reason)
      return
    }
    sink.onFormat(plan.format)
    let line = 1
    for await (const rows of lists) {
      for (const row of rows) {
        const text = row.length === columns.length ? plan.toText(row) : undefined
        if (text === undefined) {
          sink.onProblem(line, `It has ${row.length} values, but there are ${columns.length} columns.`)
        } else if (isTooLong(text)) {
          sink.onProblem(line, TOO_LONG)
        } else {
          sink.onText(text, line)
        }
        line += 1
      }
      yield
    }
  } finally {
    await table.close?.()
  }
}
