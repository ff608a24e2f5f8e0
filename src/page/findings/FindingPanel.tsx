import { FindingText, sampleColumns, Table } from '../ui'
import { formatCountOf, formatTime } from '../format'
import { toHash } from '../hash'
import { quoteValue, type SearchKeyName } from '../../core/search-language'
import type { Finding, Sample } from '../../workbench/api'

/** Shows a finding: its figures and its cost, why it costs, what to do, and the newest cases. */
export function FindingPanel({ finding, isNamed }: { finding: Finding; isNamed: boolean }) {
  const { code, count, first, last, samples, sentence } = finding
  return (
    <article class={`finding panel ${isNamed ? 'is-named' : ''}`} id={code}>
      <FindingText
        finding={finding}
        heading="h2"
        cases={sentence === undefined ? formatCountOf(count, 'case') : undefined}
        when={count > 1 ? `${formatTime(first)} to ${formatTime(last)}` : formatTime(last)}
      />
      {samples.length > 0 && (
        <Table
          caption={`Cases of ${code}`}
          columns={sampleColumns(samples, showValue)}
          rows={[...samples].reverse()}
          keyOf={(sample) => JSON.stringify(sample)}
        />
      )}
    </article>
  )
}

/** The keys of the search that find the events of a value. */
const SEARCH_FIELDS: { [Key in keyof Sample]?: SearchKeyName } = {
  messageId: 'id',
  otherMessageId: 'id',
  user: 'user',
  otherUser: 'user',
  product: 'product',
  order: 'order',
  bid: 'bid'
}

/** Shows a value of a sample, as a link to its events if a search can find them. */
function showValue(value: string, key: keyof Sample) {
  const field = SEARCH_FIELDS[key]
  if (field === undefined) {
    return (
      <span class="code clip finding-value" title={value}>
        {value}
      </span>
    )
  }
  return (
    <a
      class="code clip finding-value"
      href={toHash('/events', { query: `${field}:${quoteValue(value)}` })}
      title={value}
    >
      {value}
    </a>
  )
}
