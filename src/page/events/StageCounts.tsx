import { formatCount } from '../format'
import { changeParameters } from '../place'
import type { Counts } from '../../workbench/api'
import { counts, search } from '../stream/signals'
import { readTerms, type SearchTerm } from '../../core/search-language'
import { withoutTerms } from './search-hints'

type StageFilter = { count: keyof Counts; title: string; terms: string; tone: string }

/** The stages by their names in Segment's Event Delivery tab, each with its search. */
const FILTERS: StageFilter[] = [
  { count: 'received', title: 'Received', terms: '', tone: 'neutral' },
  { count: 'failedOnIngest', title: 'Failed on ingest', terms: 'is:ingest', tone: 'bad' },
  { count: 'filtered', title: 'Filtered', terms: 'is:filtered', tone: 'neutral' },
  { count: 'pendingRetry', title: 'Pending retry', terms: 'is:pending', tone: 'waiting' },
  { count: 'failed', title: 'Failed', terms: 'is:failed -is:ingest', tone: 'bad' },
  { count: 'delivered', title: 'Delivered', terms: 'is:delivered', tone: 'good' }
]

/** Shows the number of events in each stage. A click on a stage filters the list. */
export function StageCounts() {
  const stageTerms = readTerms(search.value)
    .filter(isOfStage)
    .map(({ text }) => text)
    .join(' ')
  const rest = withoutTerms(search.value, isOfStage)
  return (
    <div class="stages panel" role="group" aria-label="Filter by stage">
      {FILTERS.map(({ count, title, terms, tone }) => (
        <button
          key={count}
          type="button"
          class="stage plain-button"
          aria-pressed={terms !== '' && stageTerms === terms}
          onClick={() => {
            const next = stageTerms === terms ? '' : terms
            changeParameters({ query: [rest, next].filter(Boolean).join(' ') })
          }}
        >
          <span class="hint stage-title">{title}</span>
          <span class={`stage-count text-${counts.value[count] === 0 ? 'neutral' : tone}`}>
            {formatCount(counts.value[count])}
          </span>
        </button>
      ))}
    </div>
  )
}

const STAGES = ['delivered', 'failed', 'pending', 'filtered', 'ingest']

function isOfStage({ key, value }: SearchTerm): boolean {
  return key === 'is' && STAGES.includes(value.toLowerCase())
}
