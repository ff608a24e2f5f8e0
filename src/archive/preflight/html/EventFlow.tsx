import { Panel, Table } from '../../../page/ui'
import { formatCount, formatCountOf, formatShare } from '../numbers'
import type { Report } from '../report'
import { dropsOf } from '../words'

type Part = { name: string; count: number; tone: string }

/** The tones of what reaches no mapping, one after the other. */
const TONES = ['second', 'third', 'fourth', 'fifth', 'sixth']

/** Shows where the events of the archive went, in parts that add up, and the results of each mapping. */
export function EventFlow({ report }: { report: Report }) {
  const { input, mappings } = report
  const parts = partsOf(report)
  return (
    <Panel
      title="Where the events went"
      note={`${formatCountOf(input.events, 'event')} in ${formatCountOf(input.files, 'file')}`}
    >
      <div class="flow" aria-hidden="true">
        {parts.map(({ name, count, tone }) => (
          <span key={name} class={`flow-part flow-${tone}`} style={`flex-grow: ${count}`} />
        ))}
      </div>
      <ul class="flow-parts">
        {parts.map(({ name, count, tone }) => (
          <li key={name}>
            <span class={`chart-key flow-${tone}`} />
            <span>{name}</span>
            <span class="flow-count">{formatCount(count)}</span>
            <span class="hint">{formatShare({ count, of: input.events })}</span>
          </li>
        ))}
      </ul>
      <Table
        caption="Results by mapping"
        rows={mappings}
        keyOf={({ name }) => name}
        columns={[
          { title: 'Mapping', cell: ({ name }) => name },
          { title: 'Taken', isNumber: true, cell: ({ taken }) => formatCount(taken) },
          { title: 'Delivered', isNumber: true, cell: ({ delivered }) => formatCount(delivered) },
          { title: 'in part', isNumber: true, cell: ({ leftOut }) => formatCount(leftOut) },
          {
            title: 'Failed',
            isNumber: true,
            cell: ({ failed }) => <span class={failed > 0 ? 'is-bad' : undefined}>{formatCount(failed)}</span>
          }
        ]}
      />
    </Panel>
  )
}

/** Splits the events of the archive. An event of several mappings fails if one of them fails. */
function partsOf({ input, breakdown }: Report): Part[] {
  const drops = dropsOf(input)
  const reached = input.events - drops.reduce((sum, [, count]) => sum + count, 0)
  const failed = Math.min(
    reached,
    breakdown.reduce((sum, group) => sum + group.failed, 0)
  )
  return [
    { name: 'Delivered', count: reached - failed, tone: 'good' },
    { name: 'They would fail', count: failed, tone: 'bad' },
    ...drops.map(([name, count], index) => ({ name, count, tone: TONES[index] }))
  ].filter(({ count }) => count > 0)
}
