import type { Figures, SuggestionsAnswer } from '../../workbench/api'
import { get } from '../api'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { Problem } from '../components/texts'
import { formatCount, formatCountOf } from '../format'
import { useAnswer } from '../hooks'
import { orNotify } from '../notice'
import { importMappings, openDraft } from './mappings-state'

/** Suggests mappings from the events that came. Each suggestion becomes a draft, which its preview tries. */
export function SuggestDialog({ onClose }: { onClose: () => void }) {
  const { answer, problem } = useAnswer((stopped) => get<SuggestionsAnswer>('/workbench/suggestions', stopped))
  const actions = answer !== undefined && answer.suggestions.length > 0 && (
    <Button
      variant="primary"
      onClick={() => {
        onClose()
        void orNotify(() => importMappings(answer.mappings))
      }}
    >
      Take all
    </Button>
  )
  return (
    <Dialog title="Suggested mappings" onClose={onClose} actions={actions}>
      <Problem text={problem} />
      {!answer && problem === '' && <p role="status">Reading the events…</p>}
      {answer && <Answer answer={answer} onClose={onClose} />}
    </Dialog>
  )
}

function Answer({ answer, onClose }: { answer: SuggestionsAnswer; onClose: () => void }) {
  const { input, suggestions, kept, needs, leftOut, worthALook } = answer
  return (
    <div class="stack stack-far">
      <p class="hint">
        From {formatCountOf(input.events, 'event')}.
        {kept.length > 0 && ` These mappings fit and stay as they are: ${kept.join(', ')}.`}
      </p>
      {suggestions.length === 0 && <p>Nothing is suggested: the mappings fit these events.</p>}
      {suggestions.map((suggestion) => (
        <Suggested key={suggestion.mapping.name} suggestion={suggestion} onClose={onClose} />
      ))}
      <Sentences
        title="What only your code can put right"
        texts={needs.map(({ sentence, name }) => (name === undefined ? sentence : `${name}: ${sentence}`))}
      />
      <Sentences title="Left out" texts={leftOut.map(({ name, why }) => `${name}: ${why}`)} />
      <Sentences
        title="Worth a look"
        texts={worthALook.map(({ name, looksLike, why }) => `${name} looks like a ${looksLike}: ${why}`)}
      />
    </div>
  )
}

type SuggestedProps = { suggestion: SuggestionsAnswer['suggestions'][number]; onClose: () => void }

function Suggested({ suggestion, onClose }: SuggestedProps) {
  const { mapping, replaces, events, except, fields, before, after } = suggestion
  return (
    <section class="suggestion stack">
      <header class="suggestion-header">
        <h3>{mapping.name}</h3>
        <Button
          onClick={() => {
            openDraft(mapping, replaces)
            onClose()
          }}
        >
          Open as a draft
        </Button>
      </header>
      <p class="code">{mapping.trigger}</p>
      <p>
        {sayFigures(after)} Now: {sayFigures(before)}
        {replaces !== null && ` It changes ${replaces}.`}
      </p>
      <Sentences
        texts={[
          ...events.map(({ name, count, why }) => `${name} (${formatCount(count)}): ${why.join(' ')}`),
          ...(except === '' ? [] : [except]),
          ...fields.map(({ sentence }) => sentence)
        ]}
      />
    </section>
  )
}

function sayFigures({ delivered, failed, withBid }: Figures): string {
  return `${formatCount(delivered)} delivered, ${formatCount(failed)} failed, ${formatCount(withBid)} with a bid.`
}

/** Shows sentences as a list. Shows nothing if there are none. */
function Sentences({ title, texts }: { title?: string; texts: readonly string[] }) {
  if (texts.length === 0) return null
  return (
    <div>
      {title !== undefined && <h3>{title}</h3>}
      <ul class="sentences">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  )
}
