import { type Column, FindingText, Table } from '../../../page/ui'
import { sayMissingCost } from '../diagnosis'
import { formatCountOf, formatDays } from '../numbers'
import type { PlacedFinding } from '../report'

type Sample = PlacedFinding['samples'][number]

/** Shows the mistakes that cost money: why, what to do, and where the newest cases are. */
export function Findings({ findings }: { findings: PlacedFinding[] }) {
  return (
    <section class="stack" aria-labelledby="findings">
      <h2 id="findings" class="section-title">
        Findings
      </h2>
      {findings.length === 0 && <p class="panel panel-body">None. The events look as they should.</p>}
      {findings.map((finding) => (
        <Finding key={finding.code} finding={finding} />
      ))}
    </section>
  )
}

function Finding({ finding }: { finding: PlacedFinding }) {
  const { code, count, first, last, samples } = finding
  return (
    <article class="finding panel" id={code}>
      <FindingText
        finding={finding}
        figures={figuresOf(finding)}
        heading="h3"
        cases={formatCountOf(count, 'case')}
        when={formatDays(first, last)}
      />
      {samples.length > 0 && (
        <details class="more">
          <summary>{formatCountOf(samples.length, 'example')}</summary>
          <Table
            caption={`Examples of ${code}`}
            columns={COLUMNS.filter(({ key }) =>
              samples.some((sample) => sample[key] !== undefined && sample[key] !== '')
            )}
            rows={[...samples].reverse()}
            keyOf={(sample) => JSON.stringify(sample)}
          />
        </details>
      )}
    </article>
  )
}

/** Says the figures of the finding, and what it costs. */
function figuresOf(finding: PlacedFinding): string {
  const { sentence = '' } = finding
  return [sentence, sayMissingCost(finding)].filter(Boolean).join(' ')
}

function column(key: keyof Sample, title: string): Column<Sample> & { key: keyof Sample } {
  return { key, title, cell: (sample) => <span class="code value">{show(sample[key])}</span> }
}

/** Shares have few digits. */
function show(value: string | number | undefined): string | undefined {
  return typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 3 }) : value
}

const COLUMNS = [
  column('place', 'In the archive'),
  column('measure', 'What'),
  column('mapping', 'Mapping'),
  column('trigger', 'Trigger'),
  column('spelling', 'Write'),
  column('field', 'Field'),
  column('found', 'Value is in'),
  column('name', 'Name'),
  column('looksLike', 'Looks like'),
  column('day', 'Since'),
  column('since', 'Since'),
  column('before', 'Before'),
  column('after', 'After'),
  column('source', 'Source'),
  column('platform', 'Platform'),
  column('version', 'Version'),
  column('messageId', 'Message id'),
  column('otherMessageId', 'And'),
  column('user', 'User'),
  column('otherUser', 'Also seen as'),
  column('product', 'Product'),
  column('order', 'Order'),
  column('bid', 'Bid')
]
