import { Badge } from '../ui'
import { toTerm } from '../../core/search-language'
import type { DeliveryRow } from '../../workbench/api'
import { ResultBadge } from '../events/cells'
import { type Result, resultOf, titleOf } from '../events/row-text'
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
        Sent {formatCountOf(ids.size, 'event')}. <Results own={own} />{' '}
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

function Results({ own }: { own: readonly DeliveryRow[] }) {
  const counts = new Map<string, Result & { count: number }>()
  for (const result of own.map(resultOf)) {
    counts.set(result.text, { ...result, count: (counts.get(result.text)?.count ?? 0) + 1 })
  }
  return [...counts.values()].map(({ text, tone, count }) => (
    <Badge key={text} tone={tone}>{`${formatCount(count)} ${text}`}</Badge>
  ))
}

function Row({ row }: { row: DeliveryRow }) {
  const { event, sequence, mapping, message } = row
  const query = toTerm('id', event?.messageId ?? '')
  return (
    <li class="sent-row">
      <p class="row">
        <a href={toHash('/events', { query, event: String(sequence) })}>{titleOf(row)}</a>
        <ResultBadge row={row} />
        {mapping !== null && <span class="hint">{mapping}</span>}
      </p>
      {message !== '' && <p class="reason hint">{message}</p>}
    </li>
  )
}
