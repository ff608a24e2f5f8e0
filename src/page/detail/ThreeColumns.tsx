import { useSignal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import type { WholeDelivery } from '../../workbench/api'
import { CopyButton } from '../components/CopyButton'
import { Empty } from '../components/Empty'
import { JsonView } from '../components/JsonView'
import type { JsonMark } from '../components/JsonView'
import { DifferenceNote } from './DifferenceNote'

/** Shows the Segment call, the payload and the sent event side by side. A difference has the same number in both columns. */
export function ThreeColumns({ delivery }: { delivery: WholeDelivery }) {
  const { call, payload, sent, differences, mapping, stage } = delivery
  const traced = useSignal('')
  const inPayload = new Map<string, JsonMark>()
  const inSent = new Map<string, JsonMark>()
  differences.forEach((difference, index) => {
    const note = <DifferenceNote number={index + 1} difference={difference} />
    const { path, sentPlace } = difference
    inPayload.set(path, { tone: 'to' in difference ? 'changed' : 'removed', note })
    if (sentPlace !== undefined) inSent.set(sentPlace, { tone: 'changed', note })
  })
  const notYet = stage === 'received' ? 'It waits for its batch.' : undefined
  return (
    <div class="three">
      <Column title="From your shop" what="the Segment call" value={call} why="It could not be read." traced={traced} />
      <Column
        title="Mapped"
        note={mapping ?? undefined}
        what="the payload"
        value={payload}
        why={mapping === null ? 'No mapping took it.' : (notYet ?? 'It failed before the action.')}
        marks={inPayload}
        traced={traced}
      />
      <Column
        title="To Topsort"
        what="the wire event"
        value={isNothing(sent) ? undefined : sent}
        why={notYet ?? 'Nothing was sent for it.'}
        marks={inSent}
        traced={traced}
      />
    </div>
  )
}

type ColumnProps = {
  title: string
  /** Default: `what`. */
  note?: string
  what: string
  /** `undefined` if there is no value. */
  value: unknown
  /** The text that is shown if there is no value. */
  why: string
  marks?: ReadonlyMap<string, JsonMark>
  traced: Signal<string>
}

function Column({ title, what, note = what, value, why, marks, traced }: ColumnProps) {
  return (
    <section class="three-column" aria-label={title}>
      <header class="three-header">
        <h3>{title}</h3>
        <span class="hint">{note}</span>
        {value !== undefined && <CopyButton what={what} text={() => JSON.stringify(value, null, 2)} />}
      </header>
      {value === undefined ? (
        <Empty title="Nothing">{why}</Empty>
      ) : (
        <JsonView label={`${title}, as JSON`} value={value} marks={marks} traced={traced} />
      )}
    </section>
  )
}

function isNothing(sent: unknown): boolean {
  return typeof sent !== 'object' || sent === null || Object.keys(sent).length === 0
}
