import { type Signal, useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { WholeDelivery } from '../../workbench/api'
import { CopyButton } from '../components/Button'
import { Empty } from '../components/texts'
import { type JsonMark, JsonView } from '../components/JsonView'
import { DifferenceNote } from './Differences'

/** Shows the Segment call, the payload and the sent event side by side. A difference has the same number in both columns. */
export function ThreeColumns({ delivery }: { delivery: WholeDelivery }) {
  const { call, payload, sent, mapping, stage } = delivery
  const traced = useSignal('')
  const { inCall, inPayload, inSent } = useMemo(() => markValues(delivery), [delivery])
  const notYet = stage === 'received' ? 'It waits for its batch.' : undefined
  return (
    <div class="three">
      <Column
        title="From your shop"
        what="the Segment call"
        value={call}
        why="It could not be read."
        marks={inCall}
        folds={NOISE}
        traced={traced}
      />
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
        what="the event that was sent"
        value={isNothing(sent) ? undefined : sent}
        why={notYet ?? 'Nothing was sent for it.'}
        marks={inSent}
        traced={traced}
      />
    </div>
  )
}

/** Parts of a Segment call that are rarely of interest. */
const NOISE = ['context', 'integrations', '_metadata', 'traits']

type Marks = ReadonlyMap<string, JsonMark>

/** Marks the values that were changed or not sent, and those that a failure is about. */
function markValues({ differences, blamed, message }: WholeDelivery): Record<'inCall' | 'inPayload' | 'inSent', Marks> {
  const inCall = new Map<string, JsonMark>()
  const inPayload = new Map<string, JsonMark>()
  const inSent = new Map<string, JsonMark>()
  for (const { path, missing } of blamed) {
    const text = missing === undefined ? 'see the message' : `no ${missing} here`
    const note = (
      <span class="json-blame" title={message}>
        {text}
      </span>
    )
    inCall.set(path, { tone: 'removed', note, isOnlyFirst: missing !== undefined })
  }
  differences.forEach((difference, index) => {
    const note = <DifferenceNote number={index + 1} difference={difference} />
    const { path, sentPlace } = difference
    inPayload.set(path, { tone: 'to' in difference ? 'changed' : 'removed', note })
    if (sentPlace !== undefined) inSent.set(sentPlace, { tone: 'changed', note })
  })
  return { inCall, inPayload, inSent }
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
  marks?: Marks
  folds?: readonly string[]
  traced: Signal<string>
}

function Column({ title, what, note = what, value, why, marks, folds, traced }: ColumnProps) {
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
        <JsonView label={`${title}, as JSON`} value={value} marks={marks} folds={folds} traced={traced} />
      )}
    </section>
  )
}

function isNothing(sent: unknown): boolean {
  return typeof sent !== 'object' || sent === null || Object.keys(sent).length === 0
}
