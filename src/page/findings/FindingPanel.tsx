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
  { key: 'messageId', title: 'Event', cell: ({ messageId }) => eventLink(messageId) },
  { key: 'otherMessageId', title: 'And', cell: ({ otherMessageId }) => otherMessageId && eventLink(otherMessageId) },
  { key: 'user', title: 'User', cell: ({ user }) => user && userLink(user) },
  { key: 'otherUser', title: 'Also seen as', cell: ({ otherUser }) => otherUser && userLink(otherUser) },
  { key: 'product', title: 'Product', cell: ({ product }) => text(product) },
  { key: 'order', title: 'Order', cell: ({ order }) => text(order) },
  { key: 'bid', title: 'Bid', cell: ({ bid }) => text(bid) }
]

function eventLink(id: string) {
  return (
    <a class="code clipped" href={toHash('/events', { query: `id:${quote(id)}` })} title={id}>
      {id}
    </a>
  )
}

function userLink(id: string) {
  return (
    <a class="code clipped" href={toHash('/events', { query: `user:${quote(id)}` })} title={id}>
      {id}
    </a>
  )
}

function text(value: string | undefined) {
  return (
    <span class="code clipped" title={value}>
      {value}
    </span>
  )
}
