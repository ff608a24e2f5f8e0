import { h } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Shopper } from '../../workbench/api'
import { toTerm } from '../../core/search-language'
import { formatDuration, formatMoney, formatTime } from '../format'
import { toHash } from '../hash'
import { useSize } from '../hooks'
import { describeLine, describeMoment } from './MomentList'
import { type Curve, type Journey, type Lane, layOutJourney, type Mark } from './journey-layout'

const TITLES: Record<Lane, string> = {
  auction: 'Auctions',
  impression: 'Impressions',
  click: 'Clicks',
  order: 'Orders'
}

/** Draws the events of a shopper from the auction to the order, with a curve from each order line to the credited event. */
export function JourneyPicture({ shopper }: { shopper: Shopper }) {
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useSize(frame, (element) => setWidth(Math.floor(element.getBoundingClientRect().width)))
  const [active, setActive] = useState<number>()
  const [pointed, setPointed] = useState<number>()
  const [isFocused, setIsFocused] = useState(false)
  const journey = layOutJourney(shopper, width)
  const start = findStart(journey.marks)
  const current = Math.min(active ?? Math.max(start, 0), journey.marks.length - 1)
  const shown = pointed ?? (isFocused ? current : undefined)
  const mark = shown === undefined ? undefined : journey.marks.at(shown)
  const described = mark ?? (start < 0 ? undefined : journey.marks[start])

  // The picture opens at the order.
  const isDrawn = width > 0
  useEffect(() => {
    if (start >= 0) frame.current?.scrollTo({ left: journey.marks[start].x - width / 2 })
  }, [isDrawn])

  function onKeyDown(event: KeyboardEvent): void {
    const next = findNext(journey, current, event.key)
    if (next === undefined) return
    event.preventDefault()
    setActive(next)
    frame.current?.querySelectorAll<SVGElement>('.mark').item(next).focus()
  }

  return (
    <div class="stack">
      <div class="journey-frame">
        <LaneTitles journey={journey} />
        <div class="journey-scroll" ref={frame}>
          <svg
            role="group"
            aria-label="What the shopper did. The arrow keys go from one thing to the next."
            width={journey.width}
            height={journey.height}
            onKeyDown={onKeyDown}
            onFocusIn={() => setIsFocused(true)}
            onFocusOut={() => setIsFocused(false)}
          >
            <Lanes journey={journey} />
            {journey.curves.map((curve, index) => (
              <path key={index} class={curveClass(curve, mark)} d={toPath(curve)} />
            ))}
            {journey.marks.map((each, index) => (
              <MarkPicture
                key={index}
                mark={each}
                href={hrefOf(each, shopper.user)}
                tabIndex={index === current ? 0 : -1}
                isRelated={mark !== undefined && isRelated(each, mark, journey.curves)}
                onFocus={() => setActive(index)}
                onPoint={(isInside) => setPointed(isInside ? index : undefined)}
              />
            ))}
          </svg>
        </div>
      </div>
      <p class="journey-reason" role="status">
        {described ? describe(described) : 'Point at something, or select it with the arrow keys, to read what it is.'}
      </p>
      <Legend />
      {journey.hidden > 0 && <p class="hint">{journey.hidden} earlier events are not drawn.</p>}
    </div>
  )
}

/** The titles stay in their place while the picture scrolls sideways. Screen readers read the marks instead. */
function LaneTitles({ journey }: { journey: Journey }) {
  return (
    <ul class="journey-lanes" aria-hidden="true">
      {journey.lanes.map(({ lane, top }) => (
        <li key={lane} class="hint" style={{ top: `${top}px` }}>
          {TITLES[lane]}
        </li>
      ))}
    </ul>
  )
}

function Lanes({ journey: { lanes, gaps, marks, width, height } }: { journey: Journey }) {
  const first = marks.at(0)
  return (
    <>
      {lanes.map(({ lane, top, height: laneHeight }, index) => (
        <rect
          key={lane}
          class={index % 2 === 0 ? 'lane lane-odd' : 'lane'}
          x={0}
          y={top}
          width={width}
          height={laneHeight}
        />
      ))}
      {first && (
        <text class="gap-text" x={8} y={15}>
          {formatTime(first.moment.at, 'seconds')}
        </text>
      )}
      {gaps.map(({ x, milliseconds, newDay }) => (
        <g key={x}>
          <line class="gap-line" x1={x} x2={x} y1={22} y2={height} />
          <text class="gap-text" x={x} y={15} text-anchor="middle">
            {formatDuration(milliseconds)}
            {newDay !== undefined && `, ${formatTime(newDay, 'minutes')}`}
          </text>
        </g>
      ))}
    </>
  )
}

type MarkProps = {
  mark: Mark
  /** Absent if the event is not kept. */
  href: string | undefined
  tabIndex: number
  isRelated: boolean
  onFocus: () => void
  onPoint: (isInside: boolean) => void
}

function MarkPicture({ mark, href, tabIndex, isRelated, onFocus, onPoint }: MarkProps) {
  const { x, y } = mark
  const shared = {
    class: `mark mark-${mark.lane} ${isPlain(mark) ? 'mark-plain' : ''} ${isRelated ? 'mark-related' : ''}`,
    'aria-label': describe(mark),
    tabIndex,
    transform: `translate(${x} ${y})`,
    onFocus,
    onPointerEnter: () => onPoint(true),
    onPointerLeave: () => onPoint(false)
  }
  const content = (
    <>
      <rect class="mark-target" x={-9} y={-9} width={18} height={18} />
      <Shape mark={mark} />
    </>
  )
  // JSX has no type for a link inside of a picture.
  if (href !== undefined) return h('a', { ...shared, href }, content)
  return (
    <g {...shared} role="img">
      {content}
    </g>
  )
}

/** Returns the place of the events of a mark. An auction has none itself: its place is the events of its ad or of the shopper. */
function hrefOf({ moment }: Mark, user: string): string | undefined {
  if (moment.type === 'auction') {
    const [bid, ...others] = moment.winners.map(({ resolvedBidId }) => resolvedBidId)
    return toHash('/events', { query: bid && others.length === 0 ? toTerm('bid', bid) : toTerm('user', user) })
  }
  return moment.sequence === undefined ? undefined : toHash('/events', { event: String(moment.sequence) })
}

/** Returns the place of the order that the picture opens at: the newest one that lost credit, or else the newest. */
function findStart(marks: readonly Mark[]): number {
  const lost = marks.findLastIndex(({ line }) => line !== undefined && !line.credited && !line.isOrganic)
  return lost >= 0 ? lost : marks.findLastIndex(({ lane }) => lane === 'order')
}

function Shape({ mark }: { mark: Mark }) {
  switch (mark.lane) {
    case 'auction':
      return <path class="shape" d="M0-7 7 0 0 7-7 0z" />
    case 'impression':
      return <circle class="shape" r={4.5} />
    case 'click':
      return <circle class="shape" r={6.5} />
    case 'order':
      return (
        <>
          <rect class="shape" x={-7} y={-7} width={14} height={14} rx={3} />
          <text class="mark-text" x={12} y={4}>
            {formatMoney(mark.line?.revenue ?? 0, mark.line?.currency)}
          </text>
        </>
      )
  }
}

const LEGEND = [
  { look: 'mark-click', text: 'of an ad' },
  { look: 'mark-click mark-plain', text: 'organic, or without a winner' },
  { look: 'mark-order', text: 'order line that an ad gets the credit for' },
  { look: 'mark-order mark-plain', text: 'order line without a credit' }
]

function Legend() {
  return (
    <ul class="legend hint row">
      {LEGEND.map(({ look, text }) => (
        <li key={look}>
          <svg width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true" class={`mark ${look}`}>
            {look.startsWith('mark-order') ? (
              <rect class="shape" x={-6} y={-6} width={12} height={12} rx={3} />
            ) : (
              <circle class="shape" r={5} />
            )}
          </svg>
          {text}
        </li>
      ))}
    </ul>
  )
}

/** Returns whether a mark is hollow: it is organic, or it has no winner or no credit. */
function isPlain({ moment, line }: Mark): boolean {
  if (moment.type === 'auction') return moment.winners.length === 0
  return moment.type === 'order' ? !line?.credited : moment.resolvedBidId === undefined
}

function describe({ moment, line }: Mark): string {
  return line ? `${describeMoment(moment)} ${describeLine(line)}` : describeMoment(moment)
}

function isRelated(mark: Mark, other: Mark, curves: Curve[]): boolean {
  if (mark === other) return true
  return curves.some(({ from, to }) => (from === mark && to === other) || (from === other && to === mark))
}

function curveClass({ from, to }: Curve, mark: Mark | undefined): string {
  if (mark === undefined) return 'curve'
  return mark === from || mark === to ? 'curve curve-shown' : 'curve curve-dimmed'
}

/** Leaves the order line to the left, so that it does not cross the lines above, and arrives from below. */
function toPath({ from, to }: Curve): string {
  const bend = Math.max((from.x - to.x) / 2, 30)
  return `M${from.x - 8} ${from.y}C${from.x - 8 - bend} ${from.y} ${to.x} ${(from.y + to.y) / 2} ${to.x} ${to.y + 8}`
}

/** Left and right follow the time. Up and down go to the nearest mark of the lane above or below. */
function findNext({ marks }: Journey, current: number, key: string): number | undefined {
  if (key === 'Home') return 0
  if (key === 'End') return marks.length - 1
  if (key === 'ArrowLeft') return Math.max(current - 1, 0)
  if (key === 'ArrowRight') return Math.min(current + 1, marks.length - 1)
  const direction = { ArrowUp: -1, ArrowDown: 1 }[key]
  if (direction === undefined) return undefined
  const { x, y } = marks[current]
  const distance = (mark: Mark) => Math.abs(mark.y - y) * 4 + Math.abs(mark.x - x)
  const nearest = marks
    .map((mark, index) => ({ mark, index }))
    .filter(({ mark }) => (mark.y - y) * direction > 0)
    .sort((one, other) => distance(one.mark) - distance(other.mark))
  return nearest.at(0)?.index ?? current
}
