import { readTerms } from '../../core/search-language'
import { Check } from '../components/fields'
import { Menu } from '../components/Menu'
import { changeParameters } from '../place'
import { search } from '../stream/signals'
import { withoutTerms, withTerm } from './search-hints'
import { columns, showColumn, shownKeys } from './columns'

const RANGES = [
  { since: undefined, title: 'Any time' },
  { since: '5m', title: 'Last 5 minutes' },
  { since: '1h', title: 'Last hour' },
  { since: '00:00', title: 'Today' }
]

/** Chooses the time of the events. The search has it as `since:` and `until:`. */
export function TimeMenu() {
  const terms = readTerms(search.value).filter(({ isNegated }) => !isNegated)
  const since = terms.find(({ key }) => key === 'since')?.value
  const until = terms.find(({ key }) => key === 'until')?.value
  const range = until === undefined ? RANGES.find((each) => each.since === since) : undefined
  return (
    <Menu title={range?.title ?? 'Time range'}>
      <fieldset class="stack stack-near time-range">
        <legend class="visually-hidden">Time of the events</legend>
        {RANGES.map((each) => (
          <label key={each.title} class="row check">
            <input
              type="radio"
              name="time-range"
              checked={range === each}
              onChange={() => {
                const rest = withoutTerms(search.value, ({ key }) => key === 'since' || key === 'until')
                changeParameters({ query: each.since === undefined ? rest : withTerm(rest, 'since', each.since) })
              }}
            />
            {each.title}
          </label>
        ))}
        <BoundField title="From" bound="since" value={since} />
        <BoundField title="To" bound="until" value={until} />
      </fieldset>
    </Menu>
  )
}

function BoundField({ title, bound, value }: { title: string; bound: 'since' | 'until'; value: string | undefined }) {
  return (
    <label class="time-bound">
      <span class="hint">{title}</span>
      <input
        type="datetime-local"
        step={1}
        value={value !== undefined && /^\d{4}-\d{2}-\d{2}T/.test(value) ? value : ''}
        onChange={({ currentTarget: { value: next } }) => {
          const rest = withoutTerms(search.value, ({ key }) => key === bound)
          changeParameters({ query: next === '' ? rest : withTerm(rest, bound, next) })
        }}
      />
    </label>
  )
}

/** Chooses the columns of the list. The event itself is always shown. */
export function ColumnMenu() {
  return (
    <Menu title="Columns">
      <fieldset class="stack stack-near">
        <legend class="visually-hidden">Columns</legend>
        {columns.map(({ key, title }) => (
          <Check
            key={key}
            checked={shownKeys.value.includes(key)}
            disabled={key === 'event'}
            onChange={(isShown) => showColumn(key, isShown)}
          >
            {title}
          </Check>
        ))}
      </fieldset>
    </Menu>
  )
}
