import type { LostRevenue as Reason, ShopperLine, Story, Worklist } from '../../workbench/api'
import { quoteValue } from '../../core/search-language'
import { Badge, type Column, Panel, Table } from '../ui'
import { NO_CREDIT } from '../events/row-text'
import { formatCount, formatCountOf, formatMoney, formatMoneys, formatTime } from '../format'
import { toHash } from '../hash'
import { EventLink, StoryText } from '../story/StoryText'
import { groupLines, groupStories, type LineGroup } from './group-credit'
import { Empty } from '../components/texts'

const REASON_COLUMNS: Column<Reason>[] = [
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
      <Table caption="Lost credit by reason" columns={REASON_COLUMNS} rows={reasons} keyOf={({ code }) => code} />
    </Panel>
  )
}

/** Tells why orders got credit or none: first those that lost it. Orders without credit for the same reason are told once. */
export function OrderStories({ stories }: { stories: Story[] }) {
  if (stories.length === 0) return null
  return (
    <Panel title={stories.length === 1 ? 'The order' : 'Orders, lost credit first'}>
      <div class="stack">
        {groupStories(stories).map(({ story, others }) => (
          <div key={story.event.id} class="stack stack-close">
            <StoryText story={story} />
            {others.length > 0 && (
              <p class="hint">
                The same reason for {formatCountOf(others.length, 'other order')}:{' '}
                {others.map(({ order, event }, index) => (
                  <span key={event.id}>
                    {index > 0 && ', '}
                    <EventLink event={event}>
                      {`${formatMoney(order?.revenue ?? 0, order?.currency)} at ${formatTime(event.at, 'seconds')}`}
                    </EventLink>
                  </span>
                ))}
              </p>
            )}
          </div>
        ))}
      </div>
    </Panel>
  )
}

/** The largest numbers of rows, and of lines in a row. */
const MAX_GROUPS = 50
const MAX_LINES = 3

const LINE_COLUMNS: Column<LineGroup>[] = [
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
        columns={LINE_COLUMNS}
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
