import { useId, useRef } from 'preact/hooks'
import { Problem } from '../components/Problem'
import { searchProblem } from '../stream/signals'
import { useCompletion } from './use-completion'

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
