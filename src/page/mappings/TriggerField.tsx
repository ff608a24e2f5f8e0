import { useId } from 'preact/hooks'
import { Button } from '../components/Button'
import { formatCount } from '../format'
import { rows } from '../stream/signals'
import { listNames, type NamedEvents } from './list-names'
import { edit, selectedMapping } from './mappings-state'
import { draftProblem, preview } from './preview-state'
import { listTwice } from './say-failure'

const MAX_NAMES = 8

/** The trigger of the selected mapping, checked as one types, and what its events would become. */
export function TriggerField() {
  const id = useId()
  const { trigger } = selectedMapping.value?.shown ?? { trigger: '' }
  const { problem = '', spelling } = draftProblem.value?.field === 'trigger' ? draftProblem.value : {}
  return (
    <div class="stack stack-close">
      <label for={id}>Takes the events</label>
      <textarea
        id={id}
        class="trigger"
        rows={1}
        spellcheck={false}
        placeholder='type = "track" and event = "Product Clicked"'
        value={trigger}
        aria-describedby={`${id}-notes`}
        aria-invalid={problem !== ''}
        onInput={({ currentTarget }) => edit({ trigger: currentTarget.value.replaceAll('\n', ' ') })}
      />
      <div id={`${id}-notes`} class="stack stack-close" role="status">
        {problem !== '' && <p class="problem text-bad">{problem}</p>}
        {spelling !== undefined && (
          <p class="row">
            <code>{spelling}</code>
            <Button onClick={() => edit({ trigger: spelling })}>Use this</Button>
          </p>
        )}
        <Notes />
      </div>
      {trigger.trim() === '' && <Names />}
    </div>
  )
}

/** What is odd about a trigger that can be read. */
function Notes() {
  const { absentInTrigger = [], overlaps = [], events: shown = [] } = preview.value ?? {}
  const twice = listTwice(overlaps, selectedMapping.value?.shown.action ?? '')
  const others = overlaps.filter((overlap) => !twice.includes(overlap))
  return (
    <>
      {absentInTrigger.map(({ path, value }) => (
        <p key={path + (value ?? '')} class="hint text-waiting">
          {value === undefined ? (
            <>
              No event here has <code>{path}</code>.
            </>
          ) : (
            `No event here is called “${value}”.`
          )}
        </p>
      ))}
      {twice.map(({ name, events }) => (
        <p key={name} class="problem text-bad">
          Also taken by {name}:{' '}
          {events === 0 || events === shown.length ? 'each event' : `${events} of ${shown.length} events`} would be sent
          twice.
        </p>
      ))}
      {others.map(({ name }) => (
        <p key={name} class="hint">
          Also taken by {name}, which reports something else.
        </p>
      ))}
    </>
  )
}

/** Offers the names of recent events for an empty trigger. Those that no mapping takes come first. */
function Names() {
  const names = listNames(rows.value)
  const isUnmapped = names.some(({ isTaken }) => !isTaken)
  if (names.length === 0) return null
  return (
    <div class="row trigger-names">
      <span class="hint">{isUnmapped ? 'No mapping takes' : 'Recent events'}</span>
      {names
        .filter(({ isTaken }) => isTaken !== isUnmapped)
        .slice(0, MAX_NAMES)
        .map((named) => (
          <Button key={toTrigger(named)} onClick={() => edit({ trigger: toTrigger(named) })}>
            {named.name === '' ? named.type : named.name} <span class="hint">{formatCount(named.count)}</span>
          </Button>
        ))}
    </div>
  )
}

function toTrigger({ type, name }: NamedEvents): string {
  if (type !== 'track') return `type = "${type}"`
  return `type = "track" and event = "${name}"`
}
