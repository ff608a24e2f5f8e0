import type { ShopperLine, ShopperMoment } from '../../workbench/api'
import { formatMoney, formatTime } from '../format'

/** Describes a moment in a sentence. */
export function describeMoment(moment: ShopperMoment): string {
  const time = formatTime(moment.at)
  switch (moment.type) {
    case 'auction': {
      const winners = moment.winners.map(({ id }) => id).join(', ')
      return `${time}: an auction for ${moment.format}. ${winners === '' ? 'Nobody won.' : `Winners: ${winners}.`}`
    }
    case 'order':
      return `${time}: an order of ${formatMoney(moment.revenue, moment.currency)}.`
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
export function describeLine({ line, productId, revenue, currency, credited, reason }: ShopperLine): string {
  const credit = credited ? `Credited to the ${credited.type}` : 'Credited to nothing'
  return `Line ${line}: ${formatMoney(revenue, currency)} of ${productId}. ${credit}. ${reason}`
}

function article(format: string): string {
  return format === 'banners' ? 'a banner' : 'a listing'
}
