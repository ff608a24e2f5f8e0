import { Panel, Table } from '../../../page/ui'

type Props<Row> = Parameters<typeof Table<Row>>[0] & { title: string; note: string }

/** Shows a table in a panel of its own. Shows nothing if it has no rows. */
export function TablePanel<Row>({ title, note, ...table }: Props<Row>) {
  if (table.rows.length === 0) return null
  return (
    <Panel title={title} note={note}>
      <Table {...table} />
    </Panel>
  )
}
