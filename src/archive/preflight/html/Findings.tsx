import { Badge, type Column, FindingText, Panel, sampleColumns, Table, type Tone } from '../../../page/ui'
import { formatCount, formatCountOf, formatDays } from '../numbers'
import type { MessageGroup, PlacedFinding } from '../report'

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

type Props = { title: string; note: string; tone: Tone; groups: MessageGroup[] }

/** Shows messages with their number and places. Shows nothing if there are none. */
export function MessageGroups({ title, note, tone, groups }: Props) {
  if (groups.length === 0) return null
  return (
    <Panel title={title} note={note}>
      <ul class="groups">
        {groups.map((group) => (
          <li key={`${group.code ?? ''} ${group.message}`}>
            <details class="group">
              <summary>
                <Badge tone={tone}>{formatCount(group.count)}</Badge>
                <span class="group-message">{group.message}</span>
                {group.code !== undefined && <span class="group-code code">{group.code}</span>}
              </summary>
              <Table
                caption={`Examples of: ${group.message}`}
                rows={group.samples}
                keyOf={(sample) => JSON.stringify(sample)}
                columns={[
                  { title: 'In the archive', cell: ({ place }) => <span class="code value">{place}</span> },
                  { title: 'Message id', cell: ({ messageId }) => <span class="code value">{messageId}</span> },
                  { title: 'In its own words', cell: ({ message }) => <span class="value">{message}</span> }
                ]}
              />
            </details>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
