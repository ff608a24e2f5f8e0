import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { changeParameters } from '../place'
import { rows, search, searchProblem } from '../stream/signals'
import { draftAt, findHints } from './search-hints'
import type { Hint } from './search-hints'

/** The list is updated after a pause in typing of this length. Milliseconds. */
const SETTLES_AFTER = 250

/** The id of the search box, for its keyboard shortcut. */
export const SEARCH_ID = 'search'

/** The search box. It completes fields and values, and its text is in the URL. */
export function SearchBox() {
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const problemId = useId()
  const [text, setText] = useState(search.value)
  const [cursor, setCursor] = useState(0)
  const [isOpen, setIsOpen] = useState(false)
  const [active, setActive] = useState(-1)

  // The URL can also change by a click on a stage or by the back button.
  useEffect(() => {
    setText(search.value)
  }, [search.value])

  const draft = draftAt(text, cursor)
  const hints = isOpen ? findHints(draft.term, rows.value) : []
  useEffect(() => {
    // An incomplete value matches nothing, and may be invalid.
    if (text.trim() === search.value || (hints.length > 0 && draft.term.includes(':'))) return undefined
    const timer = setTimeout(() => {
      changeParameters({ query: text.trim() })
    }, SETTLES_AFTER)
    return () => {
      clearTimeout(timer)
    }
  }, [text, hints.length])

  const optionId = (index: number): string => `${listId}-${index}`

  function accept({ term }: Hint): void {
    const isWhole = !term.endsWith(':')
    const next = `${draft.before}${term}${isWhole ? ' ' : ''}${draft.after.trimStart()}`
    const end = draft.before.length + term.length + (isWhole ? 1 : 0)
    setText(next)
    setCursor(end)
    setActive(-1)
    setIsOpen(!isWhole)
    requestAnimationFrame(() => input.current?.setSelectionRange(end, end))
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      if (hints.length > 0) setIsOpen(false)
      else if (text !== '') setText('')
      else input.current?.blur()
      event.preventDefault()
      event.stopPropagation()
      return
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isOpen) setIsOpen(true)
      else if (hints.length > 0) {
        const step = event.key === 'ArrowDown' ? 1 : -1
        setActive(active === -1 && step === -1 ? hints.length - 1 : (active + step + hints.length) % hints.length)
      }
      return
    }
    const chosen = hints.at(active === -1 ? 0 : active)
    if (event.key === 'Enter') {
      if (active >= 0 && chosen) accept(chosen)
      else {
        setIsOpen(false)
        changeParameters({ query: text.trim() })
      }
      event.preventDefault()
    } else if (event.key === 'Tab' && !event.shiftKey && chosen && draft.term !== '') {
      accept(chosen)
      event.preventDefault()
    }
  }

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
        placeholder='Search: yogurt, is:failed, event:"Order Completed"'
        value={text}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value)
          setCursor(currentTarget.selectionStart ?? currentTarget.value.length)
          setActive(-1)
          setIsOpen(true)
        }}
        onClick={({ currentTarget }) => {
          setCursor(currentTarget.selectionStart ?? 0)
          setIsOpen(true)
        }}
        onBlur={() => {
          setIsOpen(false)
        }}
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
      {searchProblem.value !== '' && (
        <p class="problem" id={problemId} role="alert">
          {searchProblem.value}
        </p>
      )}
    </div>
  )
}
