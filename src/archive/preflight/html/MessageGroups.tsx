import { Badge, Panel, Table, type Tone } from '../../../page/ui'
import { formatCount } from '../numbers'
import type { MessageGroup } from '../report'

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
