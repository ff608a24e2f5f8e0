import { type Column, FindingText, sampleColumns, Table } from '../../../page/ui'
import { formatCountOf, formatDays } from '../numbers'
import type { PlacedFinding } from '../report'

type Sample = PlacedFinding['samples'][number]

const PLACE: Column<Sample> = { title: 'In the archive', cell: ({ place = '' }) => value(place) }

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
      <FindingText finding={finding} heading="h3" cases={formatCountOf(count, 'case')} when={formatDays(first, last)} />
      {samples.length > 0 && (
        <details class="more">
          <summary>{formatCountOf(samples.length, 'example')}</summary>
          <Table
            caption={`Examples of ${code}`}
            columns={[...(samples.some(({ place }) => place) ? [PLACE] : []), ...sampleColumns(samples, value)]}
            rows={[...samples].reverse()}
            keyOf={(sample) => JSON.stringify(sample)}
          />
        </details>
      )}
    </article>
  )
}

function value(text: string) {
  return <span class="code value">{text}</span>
}
