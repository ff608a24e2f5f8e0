import type { DeliveryRow } from '../../workbench/api'
import { formatDay } from '../format'

/** A row of the list, or the day above the first row of each day. Lengths are in pixels. */
type ListItem = { top: number; height: number } & ({ row: DeliveryRow; index: number } | { day: string })

/** The items of the list from top to bottom, and where each row is among them. */
export type ListLayout = { items: ListItem[]; height: number; placeOfRow: number[]; hasOtherDays: boolean }

const DAY_HEIGHT = 30

/** Items above and below the visible ones are in the document, so that scrolling shows no gap. Pixels. */
const MARGIN = 300

/**
 * Places the rows of the list, and the days between them. Today needs no day if no other day is in the list.
 *
 * @param rows newest first
 */
export function layOutList(rows: readonly DeliveryRow[], heightOf: (row: DeliveryRow) => number): ListLayout {
  const items: ListItem[] = []
  const placeOfRow: number[] = []
  const today = toDay(new Date().toISOString())
  const hasOtherDays = [rows.at(0), rows.at(-1)].some((row) => row !== undefined && !isOn(row, today))
  let day: Day | undefined
  let top = 0
  rows.forEach((row, index) => {
    if (hasOtherDays && !isOn(row, day)) {
      day = toDay(row.receivedAt)
      items.push({ top, height: DAY_HEIGHT, day: formatDay(row.receivedAt) })
      top += DAY_HEIGHT
    }
    const height = heightOf(row)
    placeOfRow.push(items.length)
    items.push({ top, height, row, index })
    top += height
  })
  return { items, height: top, placeOfRow, hasOtherDays }
}

/** Returns the items that are in the document. */
export function visibleItems({ items }: ListLayout, scrollTop: number, height: number): ListItem[] {
  return items.slice(findItem(items, scrollTop - MARGIN), findItem(items, scrollTop + height + MARGIN) + 1)
}

/** Returns the nearest scroll position at which an item is completely visible. */
export function scrollToShow({ top, height }: ListItem, scrollTop: number, viewHeight: number): number {
  if (top < scrollTop) return top
  return Math.max(scrollTop, top + height - viewHeight)
}

/** Returns the index of the last item that starts at a height or above it. 0 if there is none. */
function findItem(items: readonly ListItem[], at: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (items[middle].top <= at) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

/** Times in UTC can be compared as text, which takes much less time than reading 10,000 of them. */
type Day = { from: string; to: string }

function toDay(iso: string): Day {
  const start = new Date(iso)
  // A saved case may have any text.
  if (Number.isNaN(start.getTime())) return { from: iso, to: `${iso}~` }
  start.setHours(0, 0, 0, 0)
  const end = new Date(start)
  end.setDate(end.getDate() + 1)
  return { from: start.toISOString(), to: end.toISOString() }
}

function isOn({ receivedAt }: DeliveryRow, day: Day | undefined): boolean {
  return day !== undefined && receivedAt >= day.from && receivedAt < day.to
}
