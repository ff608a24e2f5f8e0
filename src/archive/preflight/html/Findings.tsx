import { Badge, type Tone } from '../../../workbench/page/components/Badge'
import { Table, type Column } from '../../../workbench/page/components/Table'
import type { Severity } from '../../../checks'
import { formatCountOf } from '../numbers'
import type { PlacedFinding } from '../report'

type Sample = PlacedFinding['samples'][number]

const TONES: Record<Severity, Tone> = {
  'loses money': 'bad',
  'loses data': 'waiting',
  'worth a look': 'accent',
  'good news': 'good'
}

/** The mistakes that cost money: why, what to do, and where the newest cases are. */
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
  const { code, severity, title, why, cure, count, first, last, samples } = finding
  const [from, to] = [first.slice(0, 10), last.slice(0, 10)]
  return (
    <article class="finding panel" id={code}>
      <header class="finding-header">
        <h3>{title}</h3>
        <Badge tone={TONES[severity]}>{severity}</Badge>
        <span class="hint code">{code}</span>
        <span class="finding-count">
          {formatCountOf(count, 'case')}
          <span class="hint">{from === to ? from : `${from} to ${to}`}</span>
        </span>
      </header>
      <dl class="finding-text">
        <div>
          <dt>Why it {severity === 'good news' ? 'matters' : 'costs'}</dt>
          <dd>{why}</dd>
        </div>
        <div>
          <dt>What to do</dt>
          <dd>{cure}</dd>
        </div>
      </dl>
      <details class="more">
        <summary>{formatCountOf(samples.length, 'example')}</summary>
        <Table
          caption={`Examples of ${code}`}
          columns={COLUMNS.filter(({ key }) => samples.some((sample) => sample[key] !== undefined))}
          rows={[...samples].reverse()}
          keyOf={(sample) => JSON.stringify(sample)}
        />
      </details>
    </article>
  )
}

function column(key: keyof Sample, title: string): Column<Sample> & { key: keyof Sample } {
  return { key, title, cell: (sample) => <span class="code value">{sample[key]}</span> }
}

const COLUMNS = [
  column('place', 'In the archive'),
  column('messageId', 'Message id'),
  column('otherMessageId', 'And'),
  column('user', 'User'),
  column('otherUser', 'Also seen as'),
  column('product', 'Product'),
  column('order', 'Order'),
  column('bid', 'Bid')
]
