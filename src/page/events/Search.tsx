import { useId, useRef } from 'preact/hooks'
import { readTerms } from '../../core/search-language'
import { Problem } from '../components/texts'
import { search, searchProblem } from '../stream/signals'
import { useCompletion } from './use-completion'
import { changeParameters } from '../place'

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
