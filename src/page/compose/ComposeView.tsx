import type { Extension } from '@codemirror/state'
import { useEffect } from 'preact/hooks'
import type { EventSample } from '../../workbench/api'
import { Panel } from '../ui'
import { Button } from '../components/Button'
import { ViewHeader } from '../components/texts'
import { JsonEditorField } from '../editor/JsonEditorField'
import { formatCount, formatCountOf } from '../format'
import './compose.css'
import {
  chooseSample,
  chosenSample,
  editText,
  isSending,
  loadSamples,
  problems,
  progress,
  revision,
  samples,
  send,
  stopSending,
  text,
  times
} from './compose-state'
import { SentEvents } from './SentEvents'

/** Sends events without a shop. */
export function ComposeView() {
  useEffect(() => void loadSamples(), [])
  return (
    <>
      <ViewHeader
        title="Compose"
        lead="Send events without a shop: choose a sample, or paste what a shop has sent. To click through a whole visit, open the demo shop."
      >
        <a class="button" href="/shop" target="_blank" rel="noreferrer">
          Demo shop
        </a>
      </ViewHeader>
      <div class="compose columns">
        <SampleList />
        <Panel title="Events" note="One, a list, or JSON Lines">
          <EventsForm />
        </Panel>
      </div>
    </>
  )
}

const COUNTS = [1, 10, 100, 1_000]

function EventsForm() {
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <JsonEditorField
        label="Events as JSON"
        text={text.value}
        revision={revision.value}
        loadExtensions={loadExtensions}
        onChange={editText}
      />
      <p class="hint">
        <code>{'{{user}}'}</code> becomes the id of a new shopper, and <code>{'{{bid}}'}</code> the bid that an auction
        for this shopper gives. Message ids and times are added.
      </p>
      <div role="alert">
        {problems.value.length > 0 && (
          <ul class="compose-problems stack stack-close">
            {problems.value.map(({ place, message }) => (
              <li key={`${place} ${message}`} class="problem text-bad">
                <strong>{place}:</strong> {message}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div class="row row-between compose-actions">
        <fieldset class="row times">
          <legend class="visually-hidden">How often</legend>
          {COUNTS.map((count) => (
            <Button key={count} aria-pressed={times.value === count} onClick={() => (times.value = count)}>
              {count === 1 ? 'Once' : `${formatCount(count)} times`}
            </Button>
          ))}
        </fieldset>
        {isSending.value ? (
          <Button onClick={stopSending}>Stop</Button>
        ) : (
          <Button variant="primary" type="submit">
            Send
          </Button>
        )}
      </div>
      <Progress />
    </form>
  )
}

function Progress() {
  const sent = progress.value
  return (
    <div class="compose-progress" role="status">
      {sent?.isDone && <SentEvents sent={sent} />}
      {sent?.isDone === false && (
        <>
          <progress value={sent.ids.size} max={sent.all} aria-label="Sent events" />
          <p>
            {formatCount(sent.ids.size)} of {formatCountOf(sent.all, 'event')}
          </p>
        </>
      )}
    </div>
  )
}

async function loadExtensions(): Promise<Extension> {
  const { eventExtensions } = await import('./event-extensions')
  return eventExtensions
}

const GROUPS: [EventSample['kind'], string][] = [
  ['case', 'What Topsort knows'],
  ['spec', 'Segment’s ecommerce events'],
  ['mistake', 'Mistakes']
]

/** Lists the samples by kind. Choosing one puts it into the text. */
function SampleList() {
  const all = samples.value ?? []
  return (
    <Panel title="Samples">
      {GROUPS.map(([kind, title]) => {
        const own = all.filter((sample) => sample.kind === kind)
        return (
          own.length > 0 && (
            <section key={kind} class="samples">
              <h3 class="hint">{title}</h3>
              <ul>
                {own.map((sample) => (
                  <li key={sample.key}>
                    <button
                      type="button"
                      class="sample plain-button"
                      aria-pressed={chosenSample.value?.key === sample.key}
                      onClick={() => chooseSample(sample)}
                    >
                      <span class="name">{sample.title}</span>
                      <span class="hint">{sample.description}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )
        )
      })}
    </Panel>
  )
}
