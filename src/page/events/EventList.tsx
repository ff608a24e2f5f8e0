import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { RefObject } from 'preact'
import { memo } from 'preact/compat'
import type { DeliveryRow } from '../../workbench/api'
import { rows } from '../stream/signals'
import { useSize } from '../hooks'
import { DATE_WIDTH, type EventColumn, shownColumns, TIME_WIDTH } from './columns'
import { layOutList, type ListLayout, scrollToShow, visibleItems } from './list-layout'
import { createHeightOf, linesOf, type RowShape, shapeOf } from './row-shape'
import { select, selectBy, selected } from './selection'

/** The id of the list, for keyboard shortcuts. */
export const LIST_ID = 'events'

/** In pixels, as in `events.css`. */
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
  const [view, setView] = useState<View>({ top: 0, height: 800, width: Infinity })
  useSize(scroller, (element) => setView(readView(element)))
  const all = rows.value
  const shown = shownColumns.value
  const shape = shapeOf(shown, view.width)
  const layout = useMemo(() => layOutList(all, createHeightOf(shown, shape)), [all, shown, shape])
  const visible = visibleItems(layout, view.top, view.height)
  const selectedIndex = all.findIndex(({ sequence }) => sequence === selected.value)

  useStandStill(scroller, all, layout)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element || selectedIndex === -1) return
    const height = element.clientHeight - (shape === 'table' ? HEAD_HEIGHT : 0)
    element.scrollTop = scrollToShow(layout.items[layout.placeOfRow[selectedIndex]], element.scrollTop, height)
  }, [selected.value, shape])

  return (
    <div
      class={`event-grid is-${shape}`}
      ref={scroller}
      id={LIST_ID}
      role="grid"
      aria-label="Events, newest first"
      aria-rowcount={all.length + 1}
      aria-activedescendant={
        visible.some((item) => 'row' in item && item.index === selectedIndex) ? rowId(all[selectedIndex]) : undefined
      }
      tabIndex={0}
      style={{
        '--columns': toTemplate(shown, layout.hasOtherDays),
        '--time': `${layout.hasOtherDays ? DATE_WIDTH : TIME_WIDTH}px`
      }}
      onScroll={({ currentTarget }) => setView(readView(currentTarget))}
      onKeyDown={(event) => {
        const step = STEPS[event.key]
        if (step !== undefined) selectBy(step)
        else if (event.key === 'Enter') onEnter()
        else return
        event.preventDefault()
      }}
    >
      <Head columns={shown} />
      <div class="event-rows" role="rowgroup" style={{ height: `${layout.height}px` }}>
        {visible.map((item) =>
          'row' in item ? (
            <EventRow
              key={item.row.sequence}
              row={item.row}
              columns={shown}
              shape={shape}
              index={item.index}
              top={item.top}
              height={item.height}
              isSelected={item.index === selectedIndex}
              onSelect={select}
            />
          ) : (
            <div key={item.day} class="event-day hint" role="row" style={{ transform: `translateY(${item.top}px)` }}>
              <span role="gridcell">{item.day}</span>
            </div>
          )
        )}
      </div>
    </div>
  )
}

function toTemplate(shown: readonly EventColumn[], hasOtherDays: boolean): string {
  return shown
    .filter(({ width }) => width !== undefined)
    .map(({ width, share }) => {
      const least = width === TIME_WIDTH && hasOtherDays ? DATE_WIDTH : width
      return share === undefined ? `${least}px` : `minmax(${least}px, ${share}fr)`
    })
    .join(' ')
}

function Head({ columns }: { columns: EventColumn[] }) {
  return (
    <div class="event-head" role="rowgroup">
      <div class="event-row line-table hint" role="row" aria-rowindex={1}>
        {columns.map(({ key, title, width }) => (
          <span key={key} class={width === undefined ? 'visually-hidden' : `cell-${key}`} role="columnheader">
            {title}
          </span>
        ))}
      </div>
    </div>
  )
}

/** The visible part of the list, in pixels. */
type View = { top: number; height: number; width: number }

function readView({ scrollTop, clientHeight, clientWidth }: HTMLElement): View {
  return { top: scrollTop, height: clientHeight, width: clientWidth }
}

/** Keeps the visible rows in their place while new rows arrive above them, except at the top of the list. */
function useStandStill(
  scroller: RefObject<HTMLDivElement | null>,
  all: readonly DeliveryRow[],
  { items, placeOfRow }: ListLayout
): void {
  const newest = useRef<number | undefined>(undefined)
  useLayoutEffect(() => {
    const before = newest.current
    newest.current = all.at(0)?.sequence
    const element = scroller.current
    if (!element || before === undefined || element.scrollTop === 0) return
    const added = all.findIndex(({ sequence }) => sequence === before)
    if (added > 0) element.scrollTop += items[placeOfRow[added]].top - items[placeOfRow[0]].top
  }, [all])
}

type Props = {
  row: DeliveryRow
  columns: EventColumn[]
  shape: RowShape
  index: number
  /** Its distance from the top of the list, and its height, in pixels. */
  top: number
  height: number
  isSelected: boolean
  onSelect: (row: DeliveryRow) => void
}

function rowId({ sequence }: DeliveryRow): string {
  return `event-${sequence}`
}

/** One event at one mapping: the line of a table, or a card. What is wrong with it stands on lines of its own. */
const EventRow = memo(function EventRow(props: Props) {
  const { row, columns, shape, index, top, height, isSelected, onSelect } = props
  return (
    <div
      class={`event-line ${row.stage === 'filtered' ? 'is-dim' : ''}`}
      id={rowId(row)}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={{ transform: `translateY(${top}px)`, height: `${height}px` }}
      onClick={() => onSelect(row)}
    >
      {linesOf(row, columns, shape).map(({ kind, height: lineHeight, columns: own }) => (
        <div key={kind} class={`event-row line-${kind}`} role="presentation" style={{ height: `${lineHeight}px` }}>
          {own.map(({ key, cell }) => (
            <span key={key} class={`clip cell-${key}`} role="gridcell">
              {cell(row)}
            </span>
          ))}
        </div>
      ))}
    </div>
  )
})
