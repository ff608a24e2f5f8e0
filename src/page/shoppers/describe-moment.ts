import { DAY, HOUR, MINUTE, SECOND } from '../../core/durations'
import type { AttributedLine, ShopperMoment } from '../../workbench/api'
import { formatTime } from '../format'

const MONEY = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** Writes an amount in the marketplace's currency, which the workbench does not know: `1,290.00`. */
export function formatMoney(amount: number): string {
  return MONEY.format(amount)
}

/** Writes a length of time in one unit: `300 ms`, `4 s`, `2 min`, `3 h`, `5 d`. */
export function formatDuration(milliseconds: number): string {
  const units = [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
    [SECOND, 's']
  ] as const
  const unit = units.find(([size]) => milliseconds >= size)
  return unit ? `${Math.round(milliseconds / unit[0])} ${unit[1]}` : `${Math.round(milliseconds)} ms`
}

/** Describes a moment in a sentence. */
export function describeMoment(moment: ShopperMoment): string {
  const time = formatTime(moment.at)
  switch (moment.type) {
    case 'auction': {
      const winners = moment.winners.map(({ id }) => id).join(', ')
      return `${time}: an auction for ${moment.format}. ${winners === '' ? 'Nobody won.' : `Winners: ${winners}.`}`
    }
    case 'order':
      return `${time}: an order of ${formatMoney(moment.revenue)}.`
    default: {
      const about = moment.about === undefined ? '' : ` of ${moment.about}`
      const kind =
        moment.resolvedBidId === undefined
          ? 'without a bid, so it is organic'
          : `with the bid of ${article(moment.format)}`
      return `${time}: ${moment.type === 'click' ? 'a click' : 'an impression'}${about}, ${kind}.`
    }
  }
}

/** Describes the credit of an order line and its reason, in two or three sentences. */
export function describeLine({ line, productId, revenue, credited, reason }: AttributedLine): string {
  const credit = credited ? `Credited to the ${credited.type}` : 'Credited to nothing'
  return `Line ${line}: ${formatMoney(revenue)} of ${productId}. ${credit}. ${reason}`
}

function article(format: string): string {
  return format === 'banners' ? 'a banner' : 'a listing'
}
