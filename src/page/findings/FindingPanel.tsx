import { type Column, FindingText, Table } from '../ui'
import { formatCountOf, formatTime } from '../format'
import { toHash } from '../hash'
import { quote } from '../events/search-hints'
import type { Finding, Sample } from '../../workbench/api'

/** Shows a finding: why it costs, what to do, and the newest cases. */
export function FindingPanel({ finding, isNamed }: { finding: Finding; isNamed: boolean }) {
  const { code, count, first, last, samples } = finding
  return (
    <article class={`finding panel ${isNamed ? 'is-named' : ''}`} id={code}>
      <FindingText
        finding={finding}
        heading="h2"
        cases={formatCountOf(count, 'case')}
        when={count > 1 ? `${formatTime(first)} to ${formatTime(last)}` : formatTime(last)}
      />
      <Table
        caption={`Cases of ${code}`}
        columns={columnsFor(samples)}
        rows={[...samples].reverse()}
        keyOf={(sample) => JSON.stringify(sample)}
      />
    </article>
  )
}

/** Returns the columns for which at least one sample has a value. */
function columnsFor(samples: Sample[]): Column<Sample>[] {
  return COLUMNS.filter(({ key }) => samples.some((sample) => sample[key] !== undefined))
}

const COLUMNS: (Column<Sample> & { key: keyof Sample })[] = [
  { key: 'messageId', title: 'Event', cell: ({ messageId }) => searchLink('id', messageId) },
  {
    key: 'otherMessageId',
    title: 'And',
    cell: ({ otherMessageId }) => otherMessageId && searchLink('id', otherMessageId)
  },
  { key: 'user', title: 'User', cell: ({ user }) => user && searchLink('user', user) },
  { key: 'otherUser', title: 'Also seen as', cell: ({ otherUser }) => otherUser && searchLink('user', otherUser) },
  { key: 'product', title: 'Product', cell: ({ product }) => text(product) },
  { key: 'order', title: 'Order', cell: ({ order }) => text(order) },
  { key: 'bid', title: 'Bid', cell: ({ bid }) => text(bid) }
]

/** Shows a value as a link to its events. */
function searchLink(field: 'id' | 'user', value: string) {
  return (
    <a class="code clip finding-value" href={toHash('/events', { query: `${field}:${quote(value)}` })} title={value}>
      {value}
    </a>
  )
}

function text(value: string | undefined) {
  return (
    <span class="code clip finding-value" title={value}>
      {value}
    </span>
  )
}
