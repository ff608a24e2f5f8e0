import { useEffect, useId } from 'preact/hooks'
import { Panel } from '../ui'
import { Button } from '../components/Button'
import { ViewHeader } from '../components/ViewHeader'
import { formatCount, formatCountOf } from '../format'
import { toHash } from '../hash'
import './compose.css'
import { editText, isSending, loadSamples, problems, progress, send, stopSending, text, times } from './compose-state'
import { SampleList } from './SampleList'

/** Sends events without a shop. */
export function ComposeView() {
  useEffect(() => {
    void loadSamples()
  }, [])
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
  const id = useId()
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label class="visually-hidden" for={`${id}-text`}>
        Events as JSON
      </label>
      <textarea
        id={`${id}-text`}
        rows={20}
        spellcheck={false}
        value={text.value}
        aria-describedby={`${id}-hint ${id}-problems`}
        aria-invalid={problems.value.length > 0}
        onInput={({ currentTarget }) => {
          editText(currentTarget.value)
        }}
      />
      <p class="hint" id={`${id}-hint`}>
        <code>{'{{user}}'}</code> becomes the id of a new shopper, and <code>{'{{bid}}'}</code> the bid that an auction
        for this shopper gives. Message ids and times are added.
      </p>
      <div id={`${id}-problems`} role="alert">
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
            <Button
              key={count}
              aria-pressed={times.value === count}
              onClick={() => {
                times.value = count
              }}
            >
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
  const { sent = 0, all = 0, isDone = false } = progress.value ?? {}
  return (
    <div class="compose-progress" role="status">
      {progress.value !== undefined && (
        <>
          {!isDone && <progress value={sent} max={all} aria-label="Sent events" />}
          <p>
            {isDone
              ? `Sent ${formatCountOf(sent, 'event')}. `
              : `${formatCount(sent)} of ${formatCountOf(all, 'event')} `}
            {isDone && <a href={toHash('/events')}>See what became of them</a>}
          </p>
        </>
      )}
    </div>
  )
}
