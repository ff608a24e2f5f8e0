/** @jsxRuntime automatic @jsxImportSource preact */
// The root tsconfig.json leaves the page out, and preflight runs this file under it.
import type { ComponentChildren } from 'preact'

/** A column of a table. */
export type Column<Row> = {
  title: string
  /** Aligns numbers, so that their digits are below each other. */
  isNumber?: boolean
  cell: (row: Row) => ComponentChildren
}

type Props<Row> = {
  /** Names the table to screen readers. */
  caption: string
  columns: Column<Row>[]
  rows: Row[]
  keyOf: (row: Row) => string
}

/**
 * Shows a few dozen rows. The table scrolls sideways if it does not fit.
 *
 * @example
 * const columns = [{ title: 'Clicks', isNumber: true, cell: ({ clicks }) => clicks }]
 * <Table caption="Days" columns={columns} rows={days} keyOf={({ day }) => day} />
 */
export function Table<Row>({ caption, columns, rows, keyOf }: Props<Row>) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table class="table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, isNumber }) => (
              <th key={title} scope="col" class={isNumber ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ title, isNumber, cell }) => (
                <td key={title} class={isNumber ? 'number' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
