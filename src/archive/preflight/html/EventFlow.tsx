import { Panel, Table } from '../../../page/ui'
import { formatCount, formatCountOf } from '../numbers'
import type { Report } from '../report'
import { dropsOf } from '../words'

/** Shows where the events of the archive went, and the results of each mapping. */
export function EventFlow({ report }: { report: Report }) {
  const { input, mappings } = report
  const rows = [
    { name: 'Events in the archive', count: input.events, tone: 'main' },
    ...dropsOf(input).map(([name, count]) => ({ name, count, tone: 'second' }))
  ]
  return (
    <Panel title="Where the events went" note={formatCountOf(input.files, 'file')}>
      <ul class="bars">
        {rows.map(({ name, count, tone }) => (
          <li key={name}>
            <span>{name}</span>
            <span class="bar" aria-hidden="true">
              <span class={`bar-fill bar-${tone}`} style={`width: ${widthOf(count, input.events)}%`} />
            </span>
            <span class="bar-value">{formatCount(count)}</span>
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

function widthOf(count: number, of: number): string {
  return of === 0 ? '0' : Math.max(0.4, (count * 100) / of).toFixed(1)
}
