import type { Story, StoryEvent, StoryOrder } from '../../workbench/api'
import { NO_CREDIT } from '../events/row-text'
import { formatDuration, formatMoney, formatTime } from '../format'

/** A part of a sentence. A part with an event is a link to it. */
type StoryPart = string | { text: string; event: StoryEvent }

type StorySentence = StoryPart[]

/**
 * Tells how an event belongs to an auction, other events and an order, in at most three sentences.
 *
 * @param name what the event is about. Default: the id of its product
 */
export function tellStory(story: Story, name = story.about): StorySentence[] {
  if (story.kind === 'order') return tellOrder(story, name)
  const order = tellFollowingOrder(story)
  return story.isSponsored ? [tellAuction(story, name), tellClick(story), order] : [...tellOrganic(story, name), order]
}

function tellOrder(story: Story, name = 'The product'): StorySentence[] {
  const { order, event, view, click, auction } = story
  if (!order) return []
  const { revenue, credited, lost, currency } = order
  const whole = formatMoney(revenue, currency)
  if (credited === 0) {
    const why = lost === undefined ? '' : `: ${NO_CREDIT[lost.code]}`
    return [[`No ad gets credit for this order of ${whole}${why}.`], tellLost(order)]
  }
  const by: StoryPart =
    (click ?? view) ? { text: click ? 'click' : 'view', event: click ?? (view as StoryEvent) } : 'ad'
  const steps: StoryPart[] = [
    auction
      ? `${name} won an auction for ${auction.format} at ${formatTime(auction.at, 'seconds')}`
      : `${name} was an ad`,
    ...(view ? [', was ', { text: 'seen', event: view }, after(auction?.at, view.at)] : []),
    ...(click ? [', ', { text: 'clicked', event: click }, after((view ?? auction)?.at, click.at)] : []),
    ` and ordered${after((click ?? view ?? auction)?.at, event.at)}.`
  ]
  const part = lost === undefined ? `All of the ${whole}` : `${formatMoney(credited, currency)} of ${whole}`
  const credit: StorySentence = [`${part} is credited to the `, by, '.']
  if (lost === undefined) return [steps, credit]
  return [steps, credit, [`${formatMoney(lost.revenue, currency)} for ${lost.productId} is not. `, ...tellLost(order)]]
}

function tellLost({ lost }: StoryOrder): StorySentence {
  if (!lost) return []
  return lost.event ? [`${lost.reason} `, { text: 'Show that event', event: lost.event }] : [lost.reason]
}

function tellAuction({ auction, event }: Story, name = 'The ad'): StorySentence {
  if (!auction) return ['It has a bid, but no auction here gave it.']
  const { at, format, user } = auction
  const other = user === undefined || user === event.user ? '' : `, for another user id: ${user}`
  return [`${name} won an auction for ${format} ${before(at, event.at)}${other}.`]
}

function tellClick({ kind, view, click, event }: Story): StorySentence {
  if (kind === 'click') {
    return view
      ? ['It was ', { text: 'seen', event: view }, ` ${before(view.at, event.at)}.`]
      : ['No view of this ad was reported before the click.']
  }
  return click
    ? ['It was ', { text: 'clicked', event: click }, `${after(event.at, click.at)}.`]
    : ['It was not clicked so far.']
}

function tellOrganic({ auction, view, event, kind }: Story, name = 'Its product'): StorySentence[] {
  const fact: StorySentence = ['It has no bid, so it is organic, and nothing is billed.']
  if (!auction) return [fact]
  const seen: StoryPart[] = view ? [', and was ', { text: 'seen', event: view }, ' as an ad'] : []
  const lost = `. If this ${kind} is on that ad, the shop has lost its bid.`
  return [fact, [`${name} had won an auction for ${auction.format} ${before(auction.at, event.at)}`, ...seen, lost]]
}

function tellFollowingOrder({ order, event, isSponsored }: Story): StorySentence {
  if (!order) return isSponsored ? ['No order is credited to it so far.'] : []
  const link = { text: `order of ${formatMoney(order.revenue, order.currency)}`, event: order }
  const start: StorySentence = ['An ', link, ` followed${after(event.at, order.at)}`]
  if (order.credited === 0) {
    const why = order.lost ? `: ${NO_CREDIT[order.lost.code]}` : ''
    return [...start, `, without credit${why}.`]
  }
  const part = order.lost === undefined ? 'all' : formatMoney(order.credited, order.currency)
  return [...start, `, and ${part} of it is credited.`]
}

/** Writes how much later something was: ` after 4 s`. Empty if that is not known. */
function after(from: string | undefined, to: string): string {
  return from === undefined ? '' : ` after ${durationOf(from, to)}`
}

function before(from: string, to: string): string {
  return `${durationOf(from, to)} before`
}

function durationOf(from: string, to: string): string {
  return formatDuration(Math.max(0, Date.parse(to) - Date.parse(from)))
}
