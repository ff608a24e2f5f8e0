import type { AttributedLine } from '../../api'
import { Badge } from '../components/Badge'
import { Empty } from '../components/Empty'
import { Table } from '../components/Table'
import type { Column } from '../components/Table'
import { quote } from '../events/search-hints'
import { toHash } from '../hash'
import { formatMoney } from './describe-moment'

const columns: Column<AttributedLine>[] = [
  { title: 'Product', cell: ({ productId }) => productId },
  { title: 'Revenue', isNumber: true, cell: ({ revenue }) => formatMoney(revenue) },
  {
    title: 'Credited to',
    cell: ({ credited }) =>
      credited ? <Badge tone="good">the {credited.type}</Badge> : <Badge tone="waiting">nothing</Badge>
  },
  { title: 'Why', cell: ({ reason }) => <span class="reason">{reason}</span> },
  {
    title: 'Order',
    cell: ({ purchaseId }) => <a href={toHash('/events', { query: quote(purchaseId) })}>Event</a>
  }
]

/** The order lines of a shopper, and what gets the credit for each. */
export function CreditTable({ lines }: { lines: AttributedLine[] }) {
  if (lines.length === 0) return <Empty title="No orders yet" />
  return (
    <Table
      caption="Order lines and their credit"
      columns={columns}
      rows={lines}
      keyOf={({ purchaseId, line }) => `${purchaseId} ${line}`}
    />
  )
}
