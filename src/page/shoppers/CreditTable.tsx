import { Badge, type Column, Table } from '../ui'
import type { ShopperLine } from '../../workbench/api'
import { Empty } from '../components/Empty'
import { quoteValue } from '../../core/search-language'
import { formatCount, formatMoney } from '../format'
import { toHash } from '../hash'
import { groupLines, type LineGroup } from './group-credit'

/** The largest numbers of rows, and of lines in a row. */
const MAX_GROUPS = 50
const MAX_LINES = 3

const columns: Column<LineGroup>[] = [
  { title: 'Credited to', cell: ({ lines: [line] }) => <CreditBadge line={line} /> },
  { title: 'Why', cell: ({ lines: [{ reason }] }) => <span class="reason credit-reason">{reason}</span> },
  {
    title: 'Product',
    cell: ({ lines }) =>
      lines.slice(0, MAX_LINES).map(({ productId, purchaseId, line }) => (
        <a
          key={`${purchaseId} ${line}`}
          class="credit-line code"
          href={toHash('/events', { query: quoteValue(purchaseId) })}
          title={`Show the order ${purchaseId}`}
        >
          {productId}
        </a>
      ))
  },
  {
    title: 'Revenue',
    isNumber: true,
    cell: ({ lines }) => (
      <>
        {lines.slice(0, MAX_LINES).map(({ revenue, currency, purchaseId, line }) => (
          <span key={`${purchaseId} ${line}`} class="credit-line">
            {formatMoney(revenue, currency)}
          </span>
        ))}
        {lines.length > MAX_LINES && <span class="hint">{formatCount(lines.length - MAX_LINES)} more</span>}
      </>
    )
  }
]

function CreditBadge({ line: { credited, isOrganic } }: { line: ShopperLine }) {
  if (credited) return <Badge tone="good">the {credited.type}</Badge>
  return <Badge tone={isOrganic ? 'neutral' : 'waiting'}>{isOrganic ? 'nothing: organic' : 'nothing'}</Badge>
}

/** The order lines of a shopper, and what gets the credit for them. Those with the same reason are one row. */
export function CreditTable({ lines }: { lines: ShopperLine[] }) {
  const groups = groupLines(lines)
  if (groups.length === 0) return <Empty title="No orders yet" />
  return (
    <>
      <Table
        caption="Order lines and their credit"
        columns={columns}
        rows={groups.slice(0, MAX_GROUPS)}
        keyOf={({ lines: [{ purchaseId, line }] }) => `${purchaseId} ${line}`}
      />
      {groups.length > MAX_GROUPS && (
        <p class="hint">
          {MAX_GROUPS} of {formatCount(groups.length)} reasons.
        </p>
      )}
    </>
  )
}
