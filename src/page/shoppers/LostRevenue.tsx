import type { LostRevenue as Reason, Worklist } from '../../workbench/api'
import { type Column, Panel, Table } from '../ui'
import { NO_CREDIT } from '../events/row-text'
import { formatCount, formatMoneys } from '../format'
import { toHash } from '../hash'

const columns: Column<Reason>[] = [
  {
    title: 'Why',
    cell: ({ code }) => <a href={toHash('/shoppers', { tab: 'lost', find: code })}>{NO_CREDIT[code]}</a>
  },
  { title: 'Revenue', isNumber: true, cell: ({ revenue }) => formatMoneys(revenue) },
  { title: 'Orders', isNumber: true, cell: ({ orders }) => formatCount(orders) },
  { title: 'Shoppers', isNumber: true, cell: ({ shoppers }) => formatCount(shoppers) }
]

/** The revenue that ads may have lost, by reason. A reason leads to its shoppers. */
export function LostRevenue({ lost: { total, reasons } }: { lost: Worklist['lost'] }) {
  if (reasons.length === 0) return null
  return (
    <Panel title="Lost credit" note={`${formatMoneys(total)} of products that had an ad, without credit for it`}>
      <Table caption="Lost credit by reason" columns={columns} rows={reasons} keyOf={({ code }) => code} />
    </Panel>
  )
}
