import { signal } from '@preact/signals'
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
  [['P'], 'Pause or go on'],
  [['?'], 'This help']
]

const TERMS: [string, string][] = [
  ['yogurt', 'anywhere in an event; "vanilla yogurt" with its space'],
  ['is:failed', 'how far it got: delivered, failed, filtered, pending, ingest'],
  ['event:"Order Completed"', 'the whole name of the event'],
  ['mapping:Click', 'the mapping that took it'],
  ['user:71303ce0', 'one person, by any of their ids'],
  ['id:m1', 'one event, by its messageId'],
  ['code:resolved_bid_id_not_found', 'an error code of Topsort’s'],
  ['-is:delivered', 'everything but']
]

/** Keys, and the language of the search. */
export function HelpDialog() {
  return (
    <Dialog
      title="Help"
      onClose={() => {
        isHelpOpen.value = false
      }}
    >
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
