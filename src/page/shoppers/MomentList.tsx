import { useState } from 'preact/hooks'
import type { ShopperLine, ShopperMoment } from '../../workbench/api'
import { formatCount, formatDay, formatMoney, formatTime } from '../format'

/** The largest number of entries. */
const MAX_LISTED = 500

/** Describes the picture in words, for screen readers. */
export function MomentList({ timeline }: { timeline: ShopperMoment[] }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details class="moments panel" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>The same in words ({formatCount(timeline.length)})</summary>
      {isOpen && (
        <ol>
          {timeline.slice(-MAX_LISTED).map((moment, index, all) => {
            const day = formatDay(moment.at)
            const dayBefore = index === 0 ? 'Today' : formatDay(all[index - 1].at)
            return (
              <li key={index} class="reason" title={moment.at}>
                {day !== dayBefore && <strong class="moment-day">{day}</strong>}
                {describeMoment(moment)}
              </li>
            )
          })}
        </ol>
      )}
    </details>
  )
}

/** Describes a moment in a sentence. */
export function describeMoment(moment: ShopperMoment): string {
  const time = formatTime(moment.at)
  if (moment.type === 'auction') {
    const winners = moment.winners.map(({ id }) => id).join(', ')
    return `${time}: an auction for ${moment.format}. ${winners === '' ? 'Nobody won.' : `Winners: ${winners}.`}`
  }
  if (moment.type === 'order') return `${time}: an order of ${formatMoney(moment.revenue, moment.currency)}.`
  const { type, about, resolvedBidId, format } = moment
  const what = `${type === 'click' ? 'a click' : 'an impression'}${about === undefined ? '' : ` of ${about}`}`
  if (resolvedBidId === undefined) return `${time}: ${what}, without a bid, so it is organic.`
  return `${time}: ${what}, with the bid of ${format === 'banners' ? 'a banner' : 'a listing'}.`
}

/** Describes the credit of an order line and its reason, in two or three sentences. */
export function describeLine({ line, productId, revenue, currency, credited, reason }: ShopperLine): string {
  const credit = credited ? `Credited to the ${credited.type}` : 'Credited to nothing'
  return `Line ${line}: ${formatMoney(revenue, currency)} of ${productId}. ${credit}. ${reason}`
}
