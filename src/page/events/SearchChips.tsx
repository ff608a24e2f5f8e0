import { readTerms } from '../../core/search-language'
import { changeParameters } from '../place'
import { search } from '../stream/signals'

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
