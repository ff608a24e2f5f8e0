import { useEffect, useState } from 'preact/hooks'
import type { Figures, SuggestionsAnswer } from '../../workbench/api'
import { get } from '../api'
import { Button } from '../components/Button'
import { Dialog } from '../components/Dialog'
import { Problem } from '../components/Problem'
import { orNotify } from '../notice'
import { setDraft } from './drafts'
import { addDraft, importMappings, selectMapping, writeMapping } from './mappings-state'

type Suggestion = SuggestionsAnswer['suggestions'][number]

/** Suggests mappings from the events that came. Each suggestion becomes a draft, which its preview tries. */
export function SuggestDialog({ onClose }: { onClose: () => void }) {
  const [answer, setAnswer] = useState<SuggestionsAnswer>()
  const [problem, setProblem] = useState('')
  useEffect(() => {
    const stop = new AbortController()
    get<SuggestionsAnswer>('/workbench/suggestions', stop.signal).then(setAnswer, (error: unknown) => {
      if (!stop.signal.aborted) setProblem((error as Error).message)
    })
    return () => stop.abort()
  }, [])
  const hasSome = answer !== undefined && answer.suggestions.length > 0
  const actions = hasSome && (
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
        From {input.events.toLocaleString('en')} {input.events === 1 ? 'event' : 'events'}.
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

function Suggested({ suggestion, onClose }: { suggestion: Suggestion; onClose: () => void }) {
  const { mapping, replaces, events, except, fields, before, after } = suggestion
  const accept = () => {
    const { name, action, trigger } = mapping
    const draft = { name, action, trigger, text: writeMapping(mapping.mapping), origin: 'suggested' } as const
    if (replaces === null) addDraft(draft)
    else {
      setDraft(replaces, { ...draft, name: replaces, origin: undefined })
      selectMapping(replaces)
    }
    onClose()
  }
  return (
    <section class="suggestion stack">
      <header class="suggestion-header">
        <h3>{mapping.name}</h3>
        <Button onClick={accept}>Open as a draft</Button>
      </header>
      <p class="code">{mapping.trigger}</p>
      <p>
        {sayFigures(after)} Now: {sayFigures(before)}
        {replaces !== null && ` It changes ${replaces}.`}
      </p>
      <Sentences
        texts={[
          ...events.flatMap(({ name, count, why }) => [`${name} (${count.toLocaleString('en')}): ${why.join(' ')}`]),
          ...(except === '' ? [] : [except]),
          ...fields.map(({ sentence }) => sentence)
        ]}
      />
    </section>
  )
}

function sayFigures({ delivered, failed, withBid }: Figures): string {
  const count = (number: number): string => number.toLocaleString('en')
  return `${count(delivered)} delivered, ${count(failed)} failed, ${count(withBid)} with a bid.`
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
