import { toDuration, toTime } from '../time'
import { findCredit, isInWindow, listTimelines } from './credit'
import type { History } from './history'
import type { Interaction } from './interaction'
import type { OrderLine } from './order-line'
import type { AttributionSettings } from './settings'
import { findLast, findLastOf, findNextOf } from './timeline'

/** What is known about an order line without a credit. */
export type Circumstances = {
  line: OrderLine
  settings: AttributionSettings
  /** What the person of the order did. */
  history: History
  /** What others did with bids of auctions that ran for the user id of the order. */
  strays: History
  /** What everybody did. */
  everyone: History
}

/** A possible reason. Returns a sentence or two if it applies. */
type Reason = (circumstances: Circumstances) => string | undefined

/** The usual length of a visit in web analytics, in milliseconds. */
const VISIT = 30 * 60_000

/** Clicks and impressions, on the product itself. */
const SAME_PRODUCT = { model: 'last-impression', halo: false } as const

const SAME_PERSON = 'If that is the same person, send one opaqueUserId everywhere, or link the two user ids.'

const outsideWindow: Reason = ({ line, settings, history }) => {
  const late = findLastOf(listTimelines(line, history, settings), line.orderedAt)
  if (!late) return undefined
  const age = toDuration(line.orderedAt - late.countsFrom)
  return `${nameOf(late)} came ${age} before the order. The window for ${late.format} is ${settings.windowDays[late.format]} days.`
}

const beforeAuction: Reason = ({ line, settings, history }) => {
  const next = findNextOf(listTimelines(line, history, settings), line.orderedAt)
  if (!next) return undefined
  if (next.occurredAt > line.orderedAt) return `${nameOf(next)} came only after the order.`
  const [auction, order] = [toTime(next.countsFrom), toTime(line.orderedAt)]
  return `${nameOf(next)} belongs to an auction that ran at ${auction}, after the order at ${order}. An order is never credited to a later auction.`
}

const otherUserOfAuction: Reason = ({ line, strays }) => {
  const stray = findLastOf(listTimelines(line, strays, SAME_PRODUCT), line.orderedAt)
  if (!stray) return undefined
  return `${nameOf(stray)} belongs to an auction for user id "${line.opaqueUserId}", but came with user id "${stray.opaqueUserId}". ${SAME_PERSON}`
}

const onlyImpressions: Reason = ({ line, settings, history }) => {
  if (settings.model !== 'last-click') return undefined
  const credit = findCredit(line, history, { ...settings, model: 'last-impression' })
  if (!credit) return undefined
  return `${nameOf(credit.interaction)} was not followed by a click. With the model last-click, only clicks count.`
}

const haloIsOff: Reason = ({ line, settings, history }) => {
  if (settings.halo) return undefined
  const credit = findCredit(line, history, { ...settings, halo: true })
  if (!credit) return undefined
  return `${nameOf(credit.interaction)} is on another product of vendor "${line.vendorId ?? ''}". Halo attribution is off.`
}

const noProduct: Reason = ({ line, settings, history }) => {
  const unnamed = findLast(history.unnamed, line.orderedAt)
  if (!unnamed || !isInWindow(unnamed, line, settings)) return undefined
  return unnamed.format === 'banners'
    ? `${nameOf(unnamed)} is on a banner and names no product. Report the click on the product too, with the resolvedBidId of the banner and with additionalAttribution.`
    : `${nameOf(unnamed)} has a bid that no auction here gave, and names no product.`
}

const organic: Reason = ({ line, history }) => {
  const last = findLast(history.organic.get(line.productId), line.orderedAt)
  if (!last) return undefined
  return `${nameOf(last)} on this product has no resolvedBidId, so it is organic. If it was on an ad, send the resolvedBidId of the auction's winner.`
}

const otherProduct: Reason = ({ line, settings, history }) => {
  const other = findLast(history.sponsored, line.orderedAt)
  if (!other) return undefined
  const about = other.productIds.length > 0 ? ` is on product "${other.productIds[0]}"` : ' names no product'
  const needsVendor = settings.halo && line.vendorId === undefined
  const hint = needsVendor ? ' Halo attribution needs a vendorId on the order line.' : ''
  return `No sponsored click or impression of this user is on this product. ${nameOf(other)}${about}.${hint}`
}

const otherUserOfVisit: Reason = ({ line, history, everyone }) => {
  if (history.size > 0) return undefined
  const other = findLastOf(listTimelines(line, everyone, SAME_PRODUCT), line.orderedAt)
  if (!other || line.orderedAt - other.countsFrom > VISIT) return undefined
  const age = toDuration(line.orderedAt - other.countsFrom)
  return `User id "${line.opaqueUserId}" has no click or impression. ${nameOf(other)} on this product came ${age} before the order, with user id "${other.opaqueUserId}". ${SAME_PERSON}`
}

/** The first that applies wins. What is closest to a credit comes first. */
const REASONS: Reason[] = [
  outsideWindow,
  beforeAuction,
  otherUserOfAuction,
  onlyImpressions,
  haloIsOff,
  noProduct,
  organic,
  otherProduct,
  otherUserOfVisit
]

/** Says in a sentence or two why nothing gets the credit for an order line. */
export function explainNoCredit(circumstances: Circumstances): string {
  for (const reason of REASONS) {
    const sentence = reason(circumstances)
    if (sentence !== undefined) return sentence
  }
  return `User id "${circumstances.line.opaqueUserId}" has no sponsored click or impression before this order.`
}

function nameOf({ type, id }: Interaction): string {
  return `${type === 'click' ? 'Click' : 'Impression'} "${id}"`
}
