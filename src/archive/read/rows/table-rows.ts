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
