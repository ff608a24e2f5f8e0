/** The rows of a long list that are in the document: from `first` up to but not including `end`. */
export type VisibleRange = { first: number; end: number }

/** Rows above and below the visible ones, so that scrolling shows no gap. */
const MARGIN = 8

/** Returns which rows are visible. All rows have the same height, in pixels like the other lengths. */
export function visibleRange(scrollTop: number, height: number, rowHeight: number, count: number): VisibleRange {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - MARGIN)
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + MARGIN)
  return { first: Math.min(first, end), end }
}

/** Returns the nearest scroll position at which a row is completely visible. */
export function scrollToShow(index: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = index * rowHeight
  if (top < scrollTop) return top
  return Math.max(scrollTop, top + rowHeight - height)
}
