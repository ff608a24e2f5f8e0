import { Badge, Panel } from '../ui'
import type { PreviewedEvent } from '../../workbench/api'
import { Empty } from '../components/Empty'
import { JsonView } from '../components/JsonView'
import { formatCountOf, formatTime, formatValue } from '../format'
import { draft, preview } from './mappings-state'

/** Shows the result of the edited mapping for the newest events. Nothing is sent anywhere. */
export function PreviewPanel() {
  const shown = preview.value
  const events = shown?.events ?? []
  const changed = events.filter(isChanged).length
  return (
    <Panel title="What changes" note={shown && noteOf(shown.taken, events.length, changed)}>
      {events.length === 0 ? (
        <Empty title={shown ? 'No event that was kept fits the trigger' : 'No preview'}>
          {shown ? 'Send one, from your shop or in Compose.' : 'The mapping has to be right first.'}
        </Empty>
      ) : (
        <ul>
          {events.toReversed().map((event) => (
            <PreviewRow key={`${event.event.messageId} ${event.receivedAt}`} previewed={event} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function PreviewRow({ previewed }: { previewed: PreviewedEvent }) {
  const { event, receivedAt, now, then, changes } = previewed
  return (
    <li class="preview-row">
      <p class="row preview-head">
        <span class="hint">{formatTime(receivedAt, 'seconds')}</span>
        <span class="preview-name">{event.name}</span>
        <Result previewed={previewed} />
      </p>
      {!then.ok && <p class="reason">{then.message}</p>}
      {then.ok && now?.ok === false && <p class="reason">Before: {now.message}</p>}
      {changes.length > 0 && (
        <ul class="changes">
          {changes.map(({ path, from, to }) => (
            <li key={path} class="code row row-baseline">
              <code class="quiet">{path}</code>
              <del>{formatValue(from)}</del>
              <span class="visually-hidden">becomes</span>
              <ins>{formatValue(to)}</ins>
            </li>
          ))}
        </ul>
      )}
      {then.sent !== undefined && (
        <details class="preview-sent">
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

function noteOf(taken: number, shown: number, changed: number): string {
  const which =
    taken > shown ? `the newest ${shown} of ${formatCountOf(taken, 'event')}` : formatCountOf(taken, 'event')
  return draft.value ? `${changed} of ${which}` : `Nothing is edited. It takes ${which}.`
}
