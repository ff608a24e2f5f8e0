import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { DeliveryRow } from '../../workbench/api'
import { rows } from '../stream/signals'
import { isNarrow } from '../window'
import { shownColumns } from './columns'
import type { EventColumn } from './columns'
import { EventRow, rowId } from './EventRow'
import { select, selectBy, selected } from './selection'
import { scrollToShow, visibleRange } from './visible-range'

/** The id of the list, for keyboard shortcuts. */
export const LIST_ID = 'events'

/** In pixels, as in `events.css`. A narrow window shows each event on two lines. */
const ROW_HEIGHT = 36
const NARROW_ROW_HEIGHT = 60
const HEAD_HEIGHT = 32

const PAGE = 10

/** Steps through the list by keys. */
const STEPS: Partial<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  Home: -Infinity,
  End: Infinity
}

/** The list of events. Only the rows that can be seen are in the document. */
export function EventList({ onEnter }: { onEnter: () => void }) {
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useView(scroller)
  const rowHeight = isNarrow.value ? NARROW_ROW_HEIGHT : ROW_HEIGHT
  const all = rows.value
  const shown = shownColumns.value
  const { first, end } = visibleRange(view.top, view.height, rowHeight, all.length)
  const selectedIndex = all.findIndex(({ sequence }) => sequence === selected.value)

  useStandStill(scroller, all, rowHeight)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || selectedIndex === -1) return
    const height = element.clientHeight - (isNarrow.value ? 0 : HEAD_HEIGHT)
    element.scrollTop = scrollToShow(selectedIndex, element.scrollTop, height, rowHeight)
  }, [selected.value])

  return (
    <div
      class="event-grid"
      ref={scroller}
      id={LIST_ID}
      role="grid"
      aria-label="Events, newest first"
      aria-rowcount={all.length + 1}
      aria-activedescendant={selectedIndex >= first && selectedIndex < end ? rowId(all[selectedIndex]) : undefined}
      tabIndex={0}
      style={{ '--columns': shown.map(({ width }) => width).join(' ') }}
      onScroll={({ currentTarget }) => {
        setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })
      }}
      onKeyDown={(event) => {
        const step = STEPS[event.key]
        if (step !== undefined) selectBy(step)
        else if (event.key === 'Enter') onEnter()
        else return
        event.preventDefault()
      }}
    >
      <Head columns={shown} />
      <div class="event-rows" role="rowgroup" style={{ height: `${all.length * rowHeight}px` }}>
        {all.slice(first, end).map((row, offset) => (
          <EventRow
            key={row.sequence}
            row={row}
            columns={shown}
            index={first + offset}
            top={(first + offset) * rowHeight}
            isSelected={row.sequence === selected.value}
            onSelect={select}
          />
        ))}
      </div>
    </div>
  )
}

function Head({ columns }: { columns: EventColumn[] }) {
  return (
    <div class="event-head" role="rowgroup">
      <div class="event-row hint" role="row" aria-rowindex={1}>
        {columns.map(({ key, title }) => (
          <span key={key} class={`cell-${key}`} role="columnheader">
            {title}
          </span>
        ))}
      </div>
    </div>
  )
}

type Scroller = { current: HTMLDivElement | null }

/** The visible part of the list, in pixels. */
type View = { top: number; height: number }

/** Returns the visible part of the list. It changes with the size of the list, and with the returned function. */
function useView(scroller: Scroller): [View, (view: View) => void] {
  const [view, setView] = useState({ top: 0, height: 800 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => {
      setView({ top: element.scrollTop, height: element.clientHeight })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
    }
  }, [])
  return [view, setView]
}

/** Keeps the visible rows in their place while new rows arrive above them, except at the top of the list. */
function useStandStill(scroller: Scroller, all: readonly DeliveryRow[], rowHeight: number): void {
  const newest = useRef<number | undefined>(undefined)
  useLayoutEffect(() => {
    const before = newest.current
    newest.current = all.at(0)?.sequence
    const element = scroller.current
    if (!element || before === undefined || element.scrollTop === 0) return
    const added = all.findIndex(({ sequence }) => sequence === before)
    if (added > 0) element.scrollTop += added * rowHeight
  }, [all])
}
