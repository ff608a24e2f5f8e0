import { Badge, type Column, Table } from '../ui'
import type { AttributedLine } from '../../workbench/api'
import { Empty } from '../components/Empty'
import { quoteValue } from '../../core/search-language'
import { formatCount, formatMoney } from '../format'
import { toHash } from '../hash'

const columns: Column<AttributedLine>[] = [
  { title: 'Product', cell: ({ productId }) => productId },
  { title: 'Revenue', isNumber: true, cell: ({ revenue }) => formatMoney(revenue) },
  {
    title: 'Credited to',
    cell: ({ credited }) =>
      credited ? <Badge tone="good">the {credited.type}</Badge> : <Badge tone="waiting">nothing</Badge>
  },
  { title: 'Why', cell: ({ reason }) => <span class="reason credit-reason">{reason}</span> },
  {
    title: 'Order',
    cell: ({ purchaseId }) => <a href={toHash('/events', { query: quoteValue(purchaseId) })}>Event</a>
  }
]

/** The largest number of rows. */
const MAX_LINES = 50

/** The newest order lines of a shopper, newest first, and what gets the credit for each. */
export function CreditTable({ lines }: { lines: AttributedLine[] }) {
  if (lines.length === 0) return <Empty title="No orders yet" />
  return (
    <>
      <Table
        caption="Order lines and their credit"
        columns={columns}
        rows={lines.slice(-MAX_LINES).reverse()}
        keyOf={({ purchaseId, line }) => `${purchaseId} ${line}`}
      />
      {lines.length > MAX_LINES && (
        <p class="hint">
          The newest {MAX_LINES} of {formatCount(lines.length)} lines.
        </p>
      )}
    </>
  )
}
