import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { Empty } from '../components/Empty'
import { JsonView } from '../components/JsonView'
import type { JsonMark } from '../components/JsonView'
import type { WholeDelivery } from '../../api'
import { sentPathOf } from './sent-path'

/** What came, what was mapped and what was sent, beside each other. Differences have the same number in both columns. */
export function ThreeColumns({ delivery }: { delivery: WholeDelivery }) {
  const { call, payload, sent, differences } = delivery
  const traced = useSignal('')
  const inPayload = new Map<string, JsonMark>()
  const inSent = new Map<string, JsonMark>()
  differences.forEach((difference, index) => {
    const isGone = !('to' in difference)
    inPayload.set(difference.path, { tone: isGone ? 'removed' : 'changed', note: index + 1 })
    const place = sentPathOf(difference.path, sent)
    if (!isGone && place !== undefined) inSent.set(place, { tone: 'changed', note: index + 1 })
  })
  return (
    <div class="three">
      <Column title="From your shop" note="the Segment call">
        {call === undefined ? (
          <Empty title="Nothing could be read" />
        ) : (
          <JsonView label="The Segment call" value={call} traced={traced} />
        )}
      </Column>
      <Column title="Mapped" note={delivery.mapping ?? 'no mapping'}>
        {payload === undefined ? (
          <Empty title="Nothing">{delivery.mapping === null ? 'No mapping took it.' : 'It failed before.'}</Empty>
        ) : (
          <JsonView label="The mapped payload" value={payload} marks={inPayload} traced={traced} />
        )}
      </Column>
      <Column title="To Topsort" note="the wire event">
        {isNothing(sent) ? (
          <Empty title="Nothing">Nothing was sent for this event.</Empty>
        ) : (
          <JsonView label="What was sent to Topsort" value={sent} marks={inSent} traced={traced} />
        )}
      </Column>
    </div>
  )
}

function Column({ title, note, children }: { title: string; note: string; children: ComponentChildren }) {
  return (
    <section class="three-column" aria-label={title}>
      <header class="three-header">
        <h3>{title}</h3>
        <span class="hint">{note}</span>
      </header>
      {children}
    </section>
  )
}

function isNothing(sent: unknown): boolean {
  return typeof sent !== 'object' || sent === null || Object.keys(sent).length === 0
}
