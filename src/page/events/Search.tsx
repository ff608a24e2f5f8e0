import type { RefObject } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { readTerms } from '../../core/search-language'
import { Problem } from '../components/texts'
import { changeParameters } from '../place'
import { rows, search, searchProblem } from '../stream/signals'
import { draftAt, findHints, type Hint } from './search-hints'

/** The id of the search box, for its keyboard shortcut. */
export const SEARCH_ID = 'search'

/** The search box. It completes fields and values, and its text is in the URL. */
export function SearchBox() {
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const problemId = useId()
  const { text, hints, active, type, openAt, close, accept, onKeyDown } = useCompletion(input)
  const optionId = (index: number): string => `${listId}-${index}`
  return (
    <div class="search" role="search">
      <input
        ref={input}
        id={SEARCH_ID}
        type="text"
        role="combobox"
        aria-label="Search events"
        aria-expanded={hints.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 && hints.length > 0 ? optionId(active) : undefined}
        aria-invalid={searchProblem.value !== ''}
        aria-describedby={searchProblem.value === '' ? undefined : problemId}
        autocomplete="off"
        spellcheck={false}
        placeholder="Search: yogurt, is:uncredited, since:10m"
        value={text}
        onInput={({ currentTarget: { value, selectionStart } }) => type(value, selectionStart ?? value.length)}
        onClick={({ currentTarget }) => openAt(currentTarget.selectionStart ?? 0)}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      <kbd class="search-key" aria-hidden="true">
        /
      </kbd>
      <ul class="hints raised" id={listId} role="listbox" aria-label="Completions" hidden={hints.length === 0}>
        {hints.map((hint, index) => (
          <li
            key={hint.term}
            id={optionId(index)}
            class="hint-option"
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => {
              event.preventDefault()
              accept(hint)
            }}
          >
            <span class="code clip">{hint.term}</span>
            <span class="hint">{hint.meaning}</span>
          </li>
        ))}
      </ul>
      <Problem text={searchProblem.value} id={problemId} />
    </div>
  )
}

/** The terms of the search. A click on a term negates it, and a click on its cross removes it. */
export function SearchChips() {
  const terms = readTerms(search.value)
  if (terms.length === 0) return null
  const replace = (index: number, text: string): void => {
    const next = terms.map((term, place) => (place === index ? text : term.text))
    changeParameters({ query: next.filter(Boolean).join(' ') })
  }
  return (
    <ul class="chips row" aria-label="Terms of the search">
      {terms.map(({ text, isNegated }, index) => (
        <li key={`${index} ${text}`} class={isNegated ? 'chip chip-negated' : 'chip'}>
          <button
            type="button"
            class="plain-button code clip"
            title={isNegated ? 'Show only these events' : 'Show all but these events'}
            onClick={() => replace(index, isNegated ? text.slice(1) : `-${text}`)}
          >
            {text}
          </button>
          <button
            type="button"
            class="plain-button chip-remove"
            aria-label={`Remove ${text}`}
            onClick={() => replace(index, '')}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The list is updated after a pause in typing of this length. Milliseconds. */
const SETTLES_AFTER = 250

/** Completes the fields and values of the search. The text gets into the URL after a pause in typing. */
function useCompletion(input: RefObject<HTMLInputElement | null>) {
  const [text, setText] = useState(search.value)
  const [cursor, setCursor] = useState(0)
  const [isOpen, setIsOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const draft = draftAt(text, cursor)
  const hints = isOpen ? findHints(draft.term, rows.value) : []

  // An incomplete value matches nothing, and may be invalid.
  const apply = useSearchOfUrl(text, setText, hints.length > 0 && draft.term.includes(':'))

  function openAt(at: number): void {
    setCursor(at)
    setIsOpen(true)
  }

  function accept({ term }: Hint): void {
    const isWhole = !term.endsWith(':')
    const completed = `${draft.before}${term}${isWhole ? ' ' : ''}`
    setText(`${completed}${draft.after.trimStart()}`)
    setCursor(completed.length)
    setActive(-1)
    setIsOpen(!isWhole)
    requestAnimationFrame(() => input.current?.setSelectionRange(completed.length, completed.length))
  }

  function move(step: 1 | -1): void {
    if (!isOpen) setIsOpen(true)
    else if (active === -1 && step === -1) setActive(hints.length - 1)
    else if (hints.length > 0) setActive((active + step + hints.length) % hints.length)
  }

  function escape(): void {
    if (hints.length > 0) setIsOpen(false)
    else if (text !== '') setText('')
    else input.current?.blur()
  }

  function enter(): void {
    const chosen = active === -1 ? undefined : hints.at(active)
    setIsOpen(false)
    if (chosen) accept(chosen)
    else apply()
  }

  function onKeyDown(event: KeyboardEvent): void {
    const first = draft.term === '' ? undefined : hints.at(Math.max(0, active))
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Enter') enter()
    else if (event.key === 'Tab' && !event.shiftKey && first) accept(first)
    else if (event.key === 'Escape') {
      escape()
      // The view would close the open event.
      event.stopPropagation()
    } else return
    event.preventDefault()
  }

  function type(next: string, at: number): void {
    setText(next)
    setActive(-1)
    openAt(at)
  }

  return { text, hints, active, type, openAt, close: () => setIsOpen(false), accept, onKeyDown }
}

/** Keeps the text and the URL the same. Returns a function that puts the text into the URL at once. */
function useSearchOfUrl(text: string, setText: (text: string) => void, isIncomplete: boolean): () => void {
  const apply = (): void => changeParameters({ query: text.trim() })

  // The URL can also change by a click on a stage or by the back button.
  useEffect(() => setText(search.value), [search.value])

  useEffect(() => {
    if (text.trim() === search.value || isIncomplete) return undefined
    const timer = setTimeout(apply, SETTLES_AFTER)
    return () => clearTimeout(timer)
  }, [text, isIncomplete])

  return apply
}
