import { signal } from '@preact/signals'
import { SEARCH_KEYS, type SearchKey } from '../../core/search-language'
import { Dialog } from '../components/Dialog'
import './help.css'

/** Whether the help is open. */
export const isHelpOpen = signal(false)

const KEYS: [string[], string][] = [
  [['/'], 'Search'],
  [['↑', '↓'], 'Select the event above or below'],
  [['Home', 'End'], 'Select the newest or the oldest event'],
  [['Enter'], 'Go into the selected event'],
  [['Esc'], 'Close the event, or empty the search'],
  [['['], 'Open the previous event of the user'],
  [[']'], 'Open the next event of the user'],
  [['P'], 'Pause or continue'],
  [['?'], 'This help']
]

const TERMS: [string, string][] = [
  ['yogurt', 'anywhere in an event; "vanilla yogurt" with its space'],
  ...Object.values<SearchKey>(SEARCH_KEYS).map(({ example, meaning, values }): [string, string] => [
    example,
    values ? `${meaning}: ${Object.keys(values).join(', ')}` : meaning
  ]),
  ['-is:delivered', 'all other events']
]

/** Keys, and the language of the search. */
export function HelpDialog() {
  return (
    <Dialog title="Help" onClose={() => (isHelpOpen.value = false)}>
      <h3>Keys</h3>
      <dl class="help-list">
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <h3>Search</h3>
      <p class="hint">Terms are separated by spaces, and all of them must match.</p>
      <dl class="help-list">
        {TERMS.map(([term, meaning]) => (
          <div key={term}>
            <dt class="code">{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
