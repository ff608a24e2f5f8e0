import { useEffect, useState } from 'preact/hooks'
import type { RefObject } from 'preact'
import { changeParameters } from '../place'
import { rows, search } from '../stream/signals'
import { draftAt, findHints, type Hint } from './search-hints'

/** The list is updated after a pause in typing of this length. Milliseconds. */
const SETTLES_AFTER = 250

/** The state of the search box, and what changes it. */
export type Completion = {
  text: string
  /** The completions of the term at the cursor. Empty while the list is closed. */
  hints: Hint[]
  /** The index of the selected hint. -1 if there is none. */
  active: number
  /** Takes the text and the cursor of the input after somebody has typed. */
  type: (text: string, cursor: number) => void
  /** Opens the hints for the term at the cursor. */
  openAt: (cursor: number) => void
  close: () => void
  /** Replaces the term at the cursor by a hint. */
  accept: (hint: Hint) => void
  onKeyDown: (event: KeyboardEvent) => void
}

/** Completes the fields and values of the search. The text gets into the URL after a pause in typing. */
export function useCompletion(input: RefObject<HTMLInputElement | null>): Completion {
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
    if (chosen) {
      accept(chosen)
    } else {
      setIsOpen(false)
      apply()
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    const first = draft.term === '' ? undefined : hints.at(Math.max(0, active))
    handleKey(event, { move, enter, escape, complete: first && accept.bind(undefined, first) })
  }

  return {
    text,
    hints,
    active,
    type(next, at) {
      setText(next)
      setActive(-1)
      openAt(at)
    },
    openAt,
    close() {
      setIsOpen(false)
    },
    accept,
    onKeyDown
  }
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

/** What the keys of the list do. `complete` is missing if there is nothing to complete. */
type Keys = { move: (step: 1 | -1) => void; enter: () => void; escape: () => void; complete?: () => void }

function handleKey(event: KeyboardEvent, { move, enter, escape, complete }: Keys): void {
  if (event.key === 'ArrowDown') move(1)
  else if (event.key === 'ArrowUp') move(-1)
  else if (event.key === 'Enter') enter()
  else if (event.key === 'Tab' && !event.shiftKey && complete) complete()
  else if (event.key === 'Escape') {
    escape()
    // The view would close the open event.
    event.stopPropagation()
  } else return
  event.preventDefault()
}
