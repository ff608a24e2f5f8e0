import type { ShopperLine, Shopper, ShopperMoment } from '../../workbench/api'

/** The lanes of the picture, from the top. */
export const LANES = ['auction', 'impression', 'click', 'order'] as const

export type Lane = (typeof LANES)[number]

/** A mark in the picture. An order has a mark for each of its lines, or one mark if it has no lines. */
export type Mark = {
  lane: Lane
  /** The center, in pixels. */
  x: number
  y: number
  moment: ShopperMoment
  /** Only of order lines. */
  line?: ShopperLine
}

/** A curve from an order line to the credited event. */
export type Curve = { from: Mark; to: Mark }

/** A time that passes between two columns. */
type Gap = {
  /** Where it is written, in pixels. */
  x: number
  milliseconds: number
  /** The time of the column after it, ISO 8601. Only if the column is on another day than the one before. */
  newDay?: string
}

/** The positions of all parts of the picture. */
export type Journey = {
  width: number
  height: number
  lanes: { lane: Lane; top: number; height: number }[]
  /** In the order of time, then of lanes. */
  marks: Mark[]
  curves: Curve[]
  gaps: Gap[]
  /** The number of older moments that are not shown. */
  hidden: number
}

/** The largest number of moments. The newest ones are shown. */
const MAX_MOMENTS = 300

/** Between the centers of marks of one moment, which stand below each other. */
const STEP = 18

/** Between stacks that stand beside each other. An order line has its revenue beside it. */
const STACK_WIDTHS: Record<Lane, number> = { auction: STEP, impression: STEP, click: STEP, order: 58 }

/** Marks that stand below each other, before the next ones stand beside them. */
const MAX_STACK = 6

/** At the sides of the picture. On the right there is room for the revenue of an order. */
const LEFT = 28
const RIGHT = 60

/** Above the marks of a lane there is its name, and above all lanes the times. */
const LANE_HEAD = 26
const LANE_FOOT = 10
const TOP = 24

/** Moments of one kind that are this close are one column: the products of a list, say. Milliseconds. */
const TOGETHER = 5

/** Gaps shorter than this are not written. Milliseconds. */
const WRITTEN_GAP = 1_000

/**
 * Places the moments of a shopper. Time runs from left to right. Longer times are drawn longer, but not in proportion,
 * because a minute and a week both have to fit.
 *
 * @param minWidth in pixels. A narrower picture is stretched to it
 */
export function layOutJourney({ timeline, lines }: Pick<Shopper, 'timeline' | 'lines'>, minWidth: number): Journey {
  const shown = timeline.slice(-MAX_MOMENTS)
  const columns = toColumns(shown, lines)
  const passed = columns.map(({ at }, index) => (index === 0 ? 0 : at - columns[index - 1].at))
  const needed = sum([LEFT, ...columns.map(widthOf), ...passed.slice(1).map(toGapWidth), RIGHT])
  // A few moments would be lost in a wide picture, so they are stretched by at most this much.
  const stretch = needed < minWidth && columns.length > 1 ? Math.min((minWidth - needed) / (columns.length - 1), 90) : 0

  const lanes = placeLanes(columns)
  const marks: Mark[] = []
  const gaps: Gap[] = []
  let right = LEFT
  columns.forEach((column, index) => {
    const milliseconds = passed[index]
    const gap = index === 0 ? 0 : toGapWidth(milliseconds) + stretch
    if (milliseconds >= WRITTEN_GAP) {
      gaps.push({ x: right + gap / 2, milliseconds, ...toNewDay(columns[index - 1].at, column.at) })
    }
    const x = right + gap + widthOf(column) / 2
    for (const { lane, top } of lanes) placeStack(column[lane], { lane, x, top }, marks)
    right += gap + widthOf(column)
  })
  const bottom = lanes[lanes.length - 1]
  return {
    width: Math.max(minWidth, Math.ceil(right + RIGHT)),
    height: bottom.top + bottom.height,
    lanes,
    marks,
    curves: toCurves(marks),
    gaps,
    hidden: timeline.length - shown.length
  }
}

function toNewDay(before: number, at: number): Pick<Gap, 'newDay'> {
  const next = new Date(at)
  return next.toDateString() === new Date(before).toDateString() ? {} : { newDay: next.toISOString() }
}

type Item = { moment: ShopperMoment; line?: ShopperLine }

/** The moments of about the same time, by lane. */
type Column = { at: number; last: number } & Record<Lane, Item[]>

function toColumns(timeline: readonly ShopperMoment[], lines: readonly ShopperLine[]): Column[] {
  const columns: Column[] = []
  for (const moment of timeline) {
    const at = Date.parse(moment.at)
    const latest = columns.at(-1)
    const fits =
      latest && at - latest.last <= TOGETHER && LANES.every((lane) => lane === moment.type || latest[lane].length === 0)
    const column = fits ? latest : { at, last: at, auction: [], impression: [], click: [], order: [] }
    if (!fits) columns.push(column)
    column.last = at
    column[moment.type].push(...toItems(moment, lines))
  }
  return columns
}

function toItems(moment: ShopperMoment, lines: readonly ShopperLine[]): Item[] {
  if (moment.type !== 'order') return [{ moment }]
  const own = lines.filter(({ purchaseId }) => purchaseId === moment.id)
  return own.length > 0 ? own.map((line) => ({ moment, line })) : [{ moment }]
}

function widthOf(column: Column): number {
  const widths = LANES.map((lane) => STEP + (countStacks(column[lane]) - 1) * STACK_WIDTHS[lane])
  return Math.max(STEP, ...widths)
}

function countStacks(items: Item[]): number {
  return Math.ceil(items.length / MAX_STACK)
}

/** 12 pixels and up: a second is 28, a minute 58, a day 100. */
function toGapWidth(milliseconds: number): number {
  return Math.min(12 + 5 * Math.log2(1 + Math.max(milliseconds, 0) / 100), 120)
}

function placeLanes(columns: Column[]): Journey['lanes'] {
  let top = TOP
  return LANES.map((lane) => {
    const stack = Math.max(1, ...columns.map((column) => Math.min(column[lane].length, MAX_STACK)))
    const placed = { lane, top, height: LANE_HEAD + stack * STEP + LANE_FOOT }
    top += placed.height
    return placed
  })
}

function placeStack(items: Item[], { lane, x, top }: { lane: Lane; x: number; top: number }, marks: Mark[]): void {
  const stacks = countStacks(items)
  items.forEach((item, index) => {
    const stack = Math.floor(index / MAX_STACK)
    marks.push({
      lane,
      x: x + (stack - (stacks - 1) / 2) * STACK_WIDTHS[lane],
      y: top + LANE_HEAD + (index % MAX_STACK) * STEP + STEP / 2,
      ...item
    })
  })
}

function toCurves(marks: Mark[]): Curve[] {
  const interactions = new Map(marks.map((mark) => [keyOf(mark.moment), mark]))
  return marks.flatMap((from) => {
    const credited = from.line?.credited
    const to = credited && interactions.get(`${credited.type} ${credited.id}`)
    return to ? [{ from, to }] : []
  })
}

function keyOf(moment: ShopperMoment): string {
  return 'id' in moment ? `${moment.type} ${moment.id}` : ''
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
