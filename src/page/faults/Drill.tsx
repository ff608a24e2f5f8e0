import type { ComponentChildren } from 'preact'
import { Badge, type Column, Panel, Table } from '../ui'
import { toTerm } from '../../core/search-language'
import { Button } from '../components/Button'
import { ResultBadge } from '../events/cells'
import { titleOf } from '../events/row-text'
import { sendSample } from '../first-screen/send-sample'
import { formatCountOf } from '../format'
import { toHash } from '../hash'
import { orNotify } from '../notice'
import {
  canStart,
  drill,
  type DrillEvent,
  drillEvents,
  dropDrill,
  endOutage,
  lostIds,
  replayLost,
  startDrill,
  stored
} from './drill-state'

/** Rehearses an outage that is longer than Segment tries: the events are lost, replayed, and compared. */
export function Drill() {
  const isRunning = drill.value !== undefined
  const actions = isRunning ? (
    <Button onClick={dropDrill}>Start over</Button>
  ) : (
    <Button variant="primary" disabled={!canStart.value} onClick={startDrill}>
      Start the drill
    </Button>
  )
  return (
    <Panel title="Rehearse an outage" actions={actions}>
      {isRunning ? (
        <Steps />
      ) : (
        <p class="quiet">
          Topsort is down for longer than Segment tries. See which events are lost, replay them, and compare.
        </p>
      )}
      {drillEvents.value.length > 0 && (
        <Table
          caption="The events of the outage"
          columns={COLUMNS}
          rows={drillEvents.value}
          keyOf={({ row }) => String(row.sequence)}
        />
      )}
    </Panel>
  )
}

function Steps() {
  const { to, isReplayed = false } = drill.value ?? {}
  const isOver = to !== undefined
  const lost = lostIds.value.length
  const isGivenUp = lost > 0 && drillEvents.value.every(({ row }) => row.stage === 'failed')
  return (
    <ol class="drill">
      <Step
        title="Topsort is down"
        text="Each request is answered with 503, until you end it. Send events from your shop, or the sample."
        isDone={isOver}
      >
        <Button disabled={isOver} onClick={() => orNotify(sendSample)}>
          Send the sample again
        </Button>
      </Step>
      <Step
        title="Segment gives up"
        text="Segment tries for about four hours, and the workbench five times within some seconds. Then the events are lost."
        isDone={isGivenUp}
      >
        <Stages />
      </Step>
      <Step title="Topsort is back" text="New events arrive again. The lost ones do not." isDone={isOver}>
        <Button variant={isGivenUp && !isOver ? 'primary' : 'plain'} disabled={isOver} onClick={endOutage}>
          End the outage
        </Button>
      </Step>
      <Step
        title="Replay"
        text="The lost events are sent again, with their ids. In production, “npm run replay” does this from an archive."
        isDone={isReplayed}
      >
        <Button
          variant={isOver && !isReplayed ? 'primary' : 'plain'}
          disabled={!isOver || isReplayed || lost === 0}
          onClick={replayLost}
        >
          {lost === 0 ? 'Replay' : `Replay ${formatCountOf(lost, 'event')}`}
        </Button>
      </Step>
      <Step title="Compare" text={sayStored()} isDone={stored.value !== undefined} />
    </ol>
  )
}

type StepProps = { title: string; text: string; isDone: boolean; children?: ComponentChildren }

function Step({ title, text, isDone, children }: StepProps) {
  return (
    <li class={isDone ? 'drill-step drill-done' : 'drill-step'}>
      <div>
        <h3>
          {title} {isDone && <span class="visually-hidden">(done)</span>}
        </h3>
        <p class="hint">{text}</p>
      </div>
      <div class="drill-action">{children}</div>
    </li>
  )
}

/** Shows how far the events of the outage got. */
function Stages() {
  const events = drillEvents.value
  const waiting = events.filter(({ row }) => row.stage !== 'failed' && row.stage !== 'delivered').length
  const failed = events.filter(({ row }) => row.stage === 'failed').length
  return (
    <p class="row" role="status">
      {waiting > 0 && <Badge tone="waiting">{`${waiting} tried again`}</Badge>}
      {failed > 0 && <Badge tone="bad">{`${failed} lost`}</Badge>}
    </p>
  )
}

const COLUMNS: Column<DrillEvent>[] = [
  {
    title: 'Event',
    cell: ({ row }) => (
      <a href={toHash('/events', { query: toTerm('id', row.event?.messageId ?? '') })}>{titleOf(row)}</a>
    )
  },
  { title: 'In the outage', cell: ({ row }) => <ResultBadge row={row} /> },
  { title: 'In the replay', cell: ({ replayed }) => replayed && <ResultBadge row={replayed} /> },
  {
    title: 'Stored',
    cell: ({ row }) => {
      const count = stored.value?.get(row.event?.messageId ?? '')
      return count === 1 ? 'once' : count !== undefined && `${count} times`
    }
  }
]

function sayStored(): string {
  if (!stored.value) return 'What Topsort has stored after the replay.'
  const counts = [...stored.value.values()]
  const once = counts.filter((count) => count === 1).length
  if (once === counts.length) return `Topsort has stored ${once === 1 ? 'the event' : `all ${once} events`}, each once.`
  return `Topsort has stored ${once} of ${formatCountOf(counts.length, 'event')} once.`
}
