import { Badge } from '../ui'
import type { DeliveryRow, RowStage } from '../../workbench/api'
import { resultOf, STAGE_TONES, titleOf } from '../events/row-text'
import { quote } from '../events/search-hints'
import { formatCount, formatCountOf } from '../format'
import { toHash } from '../hash'
import { rows } from '../stream/signals'
import type { Sent } from './compose-state'

/** More rows would not be read. Then there is only their number. */
const MAX_ROWS = 20

/** Shows what becomes of the events that were sent, as it happens. */
export function SentEvents({ sent: { ids, query } }: { sent: Sent }) {
  const own = rows.value.filter(({ event }) => event && ids.has(event.messageId))
  return (
    <div class="stack stack-near">
      <p>
        Sent {formatCountOf(ids.size, 'event')}. <Stages own={own} />{' '}
        <a href={toHash('/events', { query })}>See what became of them</a>
      </p>
      {own.length <= MAX_ROWS && (
        <ul class="sent-list">
          {own.toReversed().map((row) => (
            <Row key={row.sequence} row={row} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Stages({ own }: { own: readonly DeliveryRow[] }) {
  const counts = new Map<RowStage, number>()
  for (const { stage } of own) counts.set(stage, (counts.get(stage) ?? 0) + 1)
  return [...counts].map(([stage, count]) => (
    <Badge key={stage} tone={STAGE_TONES[stage]}>{`${formatCount(count)} ${stage}`}</Badge>
  ))
}

function Row({ row }: { row: DeliveryRow }) {
  const { event, sequence, mapping, message, stage } = row
  const query = `id:${quote(event?.messageId ?? '')}`
  return (
    <li class="sent-row">
      <p class="row">
        <a href={toHash('/events', { query, event: String(sequence) })}>{titleOf(row)}</a>
        <Badge tone={STAGE_TONES[stage]}>{resultOf(row)}</Badge>
        {mapping !== null && <span class="hint">{mapping}</span>}
      </p>
      {message !== '' && <p class="reason hint">{message}</p>}
    </li>
  )
}
