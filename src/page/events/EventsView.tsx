import { Button } from '../components/Button'
import { Empty } from '../components/texts'
import { DETAIL_ID, EventDetail } from '../detail/EventDetail'
import { FirstScreen } from '../first-screen/FirstScreen'
import { formatCount } from '../format'
import {
  connection,
  isEmpty,
  isPaused,
  isSearching,
  keep,
  pause,
  resume,
  rows,
  search,
  searchProblem,
  waitingCount
} from '../stream/signals'
import { useKeys } from '../hooks'
import { isNarrow, isWide } from '../window'
import { ClearButton } from './ClearButton'
import { ColumnMenu, TimeMenu } from './menus'
import { EventList, LIST_ID } from './EventList'
import './events.css'
import { SEARCH_ID, SearchBox, SearchChips } from './Search'
import { deselect, selectBy, selected } from './selection'
import { panelWidth, Splitter } from './Splitter'
import { StageCounts } from './StageCounts'

/** Shows each event as soon as it arrives. */
export function EventsView() {
  useKeys(onKey)
  if (isEmpty.value === true) return <FirstScreen />
  // The page stays empty until the server has answered, so that nothing flickers.
  if (isEmpty.value === undefined && searchProblem.value === '') return <h1 class="visually-hidden">Events</h1>
  const isOpen = selected.value !== undefined
  return (
    <div class={isOpen ? 'events-view has-detail' : 'events-view'}>
      <header class="view-header row row-between">
        <div class="events-title row row-baseline">
          <h1>Events</h1>
          <LiveSign />
        </div>
        <div class="row">
          <Button aria-pressed={isPaused.value} onClick={isPaused.value ? resume : pause}>
            {isPaused.value ? 'Continue' : 'Pause'}
          </Button>
          <ClearButton />
        </div>
      </header>
      <StageCounts />
      <div class="search-row">
        <SearchBox />
        <TimeMenu />
        <ColumnMenu />
      </div>
      <SearchChips />
      {isOpen && isNarrow.value && <h1 class="visually-hidden">Events</h1>}
      <div class={isWide.value ? 'events-main is-wide' : 'events-main'} style={{ '--panel': `${panelWidth.value}px` }}>
        <div class="events-box panel">
          <EventList onEnter={focusDetail} />
          {rows.value.length === 0 && !isSearching.value && search.value !== '' && searchProblem.value === '' && (
            <Empty title="No event matches the search">
              Change the search, or press Escape in its box to empty it.
            </Empty>
          )}
          <p class="events-foot hint">{footer()}</p>
        </div>
        {isOpen && isWide.value && <Splitter />}
        {isOpen && <EventDetail onClose={closeDetail} />}
      </div>
    </div>
  )
}

function LiveSign() {
  if (isPaused.value) {
    return (
      <span class="hint live live-paused">
        Paused{waitingCount.value > 0 && `, ${formatCount(waitingCount.value)} new`}
      </span>
    )
  }
  if (connection.value === 'lost') return <span class="hint live live-lost">Connection lost, trying again</span>
  return <span class="hint live live-on">Live</span>
}

function footer(): string {
  if (searchProblem.value !== '') return 'The search cannot be read, so nothing was searched.'
  if (isSearching.value) return 'Searching…'
  const shown = formatCount(rows.value.length)
  const bound = `The newest ${formatCount(keep.value)} are kept.`
  return search.value === '' ? `${shown} shown. ${bound}` : `${shown} match the search. ${bound}`
}

function focusDetail(): void {
  if (selected.value === undefined) selectBy(0)
  else document.getElementById(DETAIL_ID)?.focus()
}

function closeDetail(): void {
  deselect()
  document.getElementById(LIST_ID)?.focus()
}

/** Keyboard shortcuts of the view. Returns whether it has used the key. */
function onKey({ key, defaultPrevented, ctrlKey, metaKey, altKey }: KeyboardEvent, target: HTMLElement): boolean {
  if (defaultPrevented || ctrlKey || metaKey || altKey || target.closest('[role=tablist]')) return false
  if (key === '/') document.getElementById(SEARCH_ID)?.focus()
  else if (key === 'p') (isPaused.value ? resume : pause)()
  else if (key === 'Escape' && selected.value !== undefined) closeDetail()
  else if ((key === 'ArrowDown' || key === 'ArrowUp') && target === document.body) {
    document.getElementById(LIST_ID)?.focus()
    selectBy(key === 'ArrowDown' ? 1 : -1)
  } else return false
  return true
}
