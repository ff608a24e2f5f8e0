import type { ComponentChildren } from 'preact'
import { type SearchKeyName, toTerm } from '../../core/search-language'
import { changeParameters } from '../place'
import { search } from '../stream/signals'
import { withTerm } from './search-hints'

type Props = {
  /** The key of the search. */
  by: SearchKeyName
  value: string
  /** Shown on hover, before what a click does. */
  title?: string
  /** Whether it is in a row of the list, where the keys of the list select the row. */
  isInRow?: boolean
  /** Default: the value. */
  children?: ComponentChildren
}

/** A value that filters the list of events when it is clicked. */
export function Filter({ by, value, title, isInRow, children = value }: Props) {
  const act = `Show only ${toTerm(by, value)}`
  return (
    <button
      type="button"
      class="filter plain-button clip"
      title={title === undefined ? act : `${title}\n${act}`}
      tabIndex={isInRow ? -1 : undefined}
      onClick={(event) => {
        event.stopPropagation()
        changeParameters({ query: withTerm(search.value, by, value) })
      }}
    >
      {children}
    </button>
  )
}
