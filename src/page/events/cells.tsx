import type { ComponentChildren } from 'preact'
import type { DeliveryRow, RowAd } from '../../workbench/api'
import { type SearchKeyName, toTerm } from '../../core/search-language'
import { formatMoney, formatTime } from '../format'
import { search, workbench } from '../stream/signals'
import { Badge } from '../ui'
import { creditOf, describeAbout, resultOf } from './row-text'
import { changeParameters } from '../place'
import { withTerm } from './search-hints'

// The facts of an event, in the list and on top of the open event. A click on a fact filters the list by it.

type Props = {
  row: DeliveryRow
  /** Whether it is in a row of the list, where there is less space and the keys of the list select the row. */
  isInRow?: boolean
}

/** What an event is about. */
export function About({ row: { about }, isInRow }: Props) {
  if (!about) return null
  const text = describeAbout(about)
  if (about.kind !== 'product' || about.id === undefined) return <span title={text}>{text}</span>
  return (
    <>
      <Filter by="product" value={about.id} title={text} isInRow={isInRow}>
        {text}
      </Filter>
      {!isInRow && about.name !== undefined && <span class="code quiet">{about.id}</span>}
    </>
  )
}

/** Whether a view or a click is about an ad, and the auction of the ad. */
export function Ad({ row: { ad }, isInRow }: Props) {
  if (!ad) return null
  const { sponsored, of, bid, auction, isOffsite } = ad
  if (bid === undefined) {
    return (
      <Filter by="is" value={isOffsite ? 'offsite' : 'organic'} isInRow={isInRow}>
        {isOffsite ? <span class="text-accent">offsite ad</span> : 'organic'}
      </Filter>
    )
  }
  const source = describeSource(auction)
  return (
    <>
      <Filter by="bid" value={bid} title={source} isInRow={isInRow}>
        <span class="text-accent">{of > 1 ? `${sponsored} of ${of} ads` : 'sponsored'}</span>
      </Filter>
      {!isInRow && (
        <span class="quiet" title={auction?.at}>
          {source}
        </span>
      )}
    </>
  )
}

/** In live mode, the auctions run at Topsort, and the workbench knows none of them. */
function describeSource(auction: RowAd['auction']): string {
  if (auction) return `auction for ${auction.format} at ${formatTime(auction.at, 'seconds')}`
  return workbench.value?.live ? '' : 'no auction here gave its bid'
}

/** The value of an order, and the credit for it. */
export function Value({ row: { value, stage }, isInRow }: Props) {
  if (!value) return null
  const { text, tone } = creditOf(value, stage)
  const isAttributed = value.credited !== undefined
  return (
    <>
      <span class="amount">{formatMoney(value.amount, isInRow ? undefined : value.currency)}</span>
      {text !== '' && (
        <Filter
          by={isAttributed ? 'is' : 'order'}
          value={!isAttributed ? value.order : tone === 'waiting' ? 'uncredited' : 'credited'}
          title={`${formatMoney(value.amount, value.currency)} ${text}`}
          isInRow={isInRow}
        >
          <span class={`text-${tone}`}>{text}</span>
        </Filter>
      )}
    </>
  )
}

/** What became of an event, in a few words. */
export function ResultBadge({ row }: { row: DeliveryRow }) {
  const { text, tone } = resultOf(row)
  return <Badge tone={tone}>{text}</Badge>
}

/** What became of an event, and after how many attempts. */
export function Outcome({ row, isInRow }: Props) {
  return (
    <>
      <Filter by="is" value={resultOf(row).is} isInRow={isInRow}>
        <ResultBadge row={row} />
      </Filter>
      {row.attempts > 1 && (
        <span class="hint" title={`${row.attempts} attempts`}>
          {' · '}
          {row.attempts}
          <span aria-hidden="true">×</span>
          <span class="visually-hidden"> attempts</span>
        </span>
      )}
    </>
  )
}

type FilterProps = {
  /** The key of the search. */
  by: SearchKeyName
  value: string
  /** Shown on hover, before what a click does. */
  title?: string
  /** Whether it is in a row of the list, where the keys of the list select the row. */
  isInRow?: boolean
  /** Default: the value. */
  children?: ComponentChildren
}

/** A value that filters the list of events when it is clicked. */
export function Filter({ by, value, title, isInRow, children = value }: FilterProps) {
  const act = `Show only ${toTerm(by, value)}`
  return (
    <button
      type="button"
      class="filter plain-button clip"
      title={title === undefined ? act : `${title}\n${act}`}
      tabIndex={isInRow ? -1 : undefined}
      onClick={(event) => {
        event.stopPropagation()
        changeParameters({ query: withTerm(search.value, by, value) })
      }}
    >
      {children}
    </button>
  )
}
