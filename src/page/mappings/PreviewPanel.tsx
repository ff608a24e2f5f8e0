import { Badge, Panel } from '../ui'
import type { Preview, PreviewedEvent } from '../../workbench/api'
import { Empty, Time } from '../components/texts'
import { JsonView } from '../components/JsonView'
import { formatCountOf } from '../format'
import { Changes } from './EntryChanges'
import { Failures } from './Failures'
import { fieldRows, selectedMapping } from './mappings-state'
import { preview } from './preview-state'
import { sayReason } from './say-failure'

/** Shows the result of the edited mapping for the newest events, their summary first. Nothing is sent anywhere. */
export function PreviewPanel() {
  const shown = preview.value
  const events = shown?.events ?? []
  return (
    <Panel title="What changes" note={shown && noteOf(shown)}>
      {shown && events.length > 0 ? (
        <>
          <Summary shown={shown} />
          <ul class="preview-scroll" tabIndex={0} aria-label="The newest events">
            {events.toReversed().map((event, index) => (
              <PreviewRow
                key={`${event.event.messageId} ${event.receivedAt}`}
                previewed={event}
                isNewest={index === 0}
              />
            ))}
          </ul>
        </>
      ) : (
        <Nothing isRight={shown !== undefined} />
      )}
    </Panel>
  )
}

/** Says why there is no preview. */
function Nothing({ isRight }: { isRight: boolean }) {
  if (isRight) {
    return <Empty title="No event that was kept fits the trigger">Send one, from your shop or in Compose.</Empty>
  }
  const isNew = selectedMapping.value?.shown.trigger.trim() === ''
  return (
    <Empty title="No preview">
      {isNew ? 'Choose first which events the mapping takes.' : 'The mapping has to be right first.'}
    </Empty>
  )
}

/** Says how many events would be delivered, why others would fail, and how many change. */
function Summary({ shown: { events, failures } }: { shown: Preview }) {
  const changed = events.filter((event) => event.now && isChanged(event)).length
  return (
    <div class={`preview-summary tone-${failures.length > 0 ? 'bad' : 'good'}`} role="status">
      {failures.length > 0 ? <Failures failures={failures} /> : <p>{nameAll(events.length)} would be delivered.</p>}
      {selectedMapping.value?.draft && changed > 0 && (
        <p class="quiet">
          {changed === events.length ? nameAll(changed) : `${changed} of ${events.length}`} would change.
        </p>
      )}
    </div>
  )
}

function nameAll(count: number): string {
  return count === 1 ? 'The event' : `All ${count} events`
}

function PreviewRow({ previewed, isNewest }: { previewed: PreviewedEvent; isNewest: boolean }) {
  const { event, receivedAt, now, then, changes } = previewed
  const { action } = selectedMapping.value?.shown ?? { action: '' }
  return (
    <li class="preview-row">
      <p class="row preview-head">
        <span class="hint">
          <Time at={receivedAt} precision="seconds" />
        </span>
        <span class="preview-name">{event.name}</span>
        <Result previewed={previewed} />
      </p>
      {!then.ok && <p class="reason hint">{sayReason(then, action, fieldRows.value)}</p>}
      {then.ok && now?.ok === false && <p class="reason hint">Before: {sayReason(now, action, [])}</p>}
      {now?.sent !== undefined && changes.length > 0 && <Changes changes={changes} />}
      {then.sent !== undefined && (
        <details open={isNewest && now?.sent === undefined}>
          <summary class="hint">What is sent</summary>
          <JsonView label={`What is sent for ${event.name}`} value={then.sent} />
        </details>
      )}
    </li>
  )
}

function Result({ previewed }: { previewed: PreviewedEvent }) {
  const { now, then, changes } = previewed
  if (!then.ok) return <Badge tone="bad">{now?.ok === false ? 'fails as now' : 'would fail'}</Badge>
  if (now === null) return <Badge tone="accent">would be taken</Badge>
  if (!now.ok) return <Badge tone="good">would not fail any more</Badge>
  return changes.length > 0 ? <Badge tone="waiting">changes</Badge> : <Badge>the same</Badge>
}

function isChanged({ now, then, changes }: PreviewedEvent): boolean {
  return changes.length > 0 || now?.ok !== then.ok
}

function noteOf({ taken, events }: Preview): string {
  const which =
    taken > events.length
      ? `the newest ${events.length} of ${formatCountOf(taken, 'event')}`
      : formatCountOf(taken, 'event')
  return selectedMapping.value?.draft ? `Takes ${which}.` : `Nothing is edited. It takes ${which}.`
}
