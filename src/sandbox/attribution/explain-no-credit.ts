import { DAY, MINUTE } from '../../core'
import { FORMATS } from '../contract'
import { toDuration, toTime } from '../time'
import { findCredit, isInWindow, listTimelines } from './credit'
import type { InteractionHistory } from './history'
import type { AdInteraction } from './interaction'
import type { OrderLine } from './order-line'
import { type AttributionSettings, DEFAULT_SETTINGS, withModel } from './settings'
import { findLast, findLastOf, findNextOf } from './timeline'

/** The facts about an order line without a credit. */
export type Circumstances = {
  line: OrderLine
  settings: AttributionSettings
  /** The interactions of the person who ordered. */
  history: InteractionHistory
  /** Interactions with other user ids, whose bids are from auctions for the user id of the order. */
  byOthers: InteractionHistory
  /** The interactions of all people. */
  everyone: InteractionHistory
}

/** Returns one or two sentences if an explanation applies. */
type Explain = (circumstances: Circumstances) => string | undefined

/** The usual length of a visit in web analytics, in milliseconds. */
const VISIT_LENGTH = 30 * MINUTE

/** The longest attribution window that Topsort offers, in milliseconds. */
const LONGEST_WINDOW = 90 * DAY

/** Counts clicks and impressions, but only with the same product. */
const SAME_PRODUCT = withModel(DEFAULT_SETTINGS, 'last-impression')

const SAME_PERSON = 'If that is the same person, send one opaqueUserId everywhere, or link the two user ids.'

const explainOffsite: Explain = ({ line, history }) => {
  const { productId, vendorId = '' } = line
  const found = [history.offsiteProducts.get(productId), history.offsiteVendors.get(vendorId)]
  const last = findLastOf(found, line.orderedAt)
  if (!last || line.orderedAt - last.countsFrom > LONGEST_WINDOW) return undefined
  const campaign = last.externalCampaignId === undefined ? '' : ` of campaign "${last.externalCampaignId}"`
  const about = last.productIds.includes(productId) ? 'this product' : `vendor "${vendorId}"`
  const age = toDuration(line.orderedAt - last.countsFrom)
  return `${toName(last)} on an offsite ad${campaign} for ${about} came ${age} before the order. Topsort attributes offsite ads by entity, external ids and channel, without a resolvedBidId. The sandbox knows no offsite campaigns, so only Topsort decides about this credit.`
}

const explainWindow: Explain = ({ line, settings, history }) => {
  const late = findLastOf(listTimelines(line, history, settings), line.orderedAt)
  if (!late) return undefined
  const age = toDuration(line.orderedAt - late.countsFrom)
  return `${toName(late)} came ${age} before the order. The window for ${late.format} is ${settings[late.format].windowDays} days.`
}

const explainLaterAuction: Explain = ({ line, settings, history }) => {
  const next = findNextOf(listTimelines(line, history, settings), line.orderedAt)
  if (!next) return undefined
  if (next.occurredAt > line.orderedAt) return `${toName(next)} came only after the order.`
  const [auction, order] = [toTime(next.countsFrom), toTime(line.orderedAt)]
  return `${toName(next)} belongs to an auction that ran at ${auction}, after the order at ${order}. An order is never credited to a later auction.`
}

const explainOtherVendor: Explain = ({ line, settings, history }) => {
  const credit = findCredit({ ...line, vendorId: undefined }, history, settings)
  if (!credit) return undefined
  return `${toName(credit.interaction)} is on this product.${toVendorNote(credit.interaction, line)}`
}

function toVendorNote(interaction: AdInteraction, line: OrderLine): string {
  if (!isOfOtherVendor(interaction, line)) return ''
  return ` Its ad is of vendor "${interaction.vendorId ?? ''}", but the order line is of vendor "${line.vendorId ?? ''}". An ad only gets the credit for lines of its own vendor.`
}

function isOfOtherVendor({ vendorId }: AdInteraction, line: OrderLine): boolean {
  return vendorId !== undefined && line.vendorId !== undefined && vendorId !== line.vendorId
}

const explainOtherUserOfAuction: Explain = ({ line, byOthers }) => {
  const other = findLastOf(listTimelines(line, byOthers, SAME_PRODUCT), line.orderedAt)
  if (!other) return undefined
  return `${toName(other)} belongs to an auction for user id "${line.opaqueUserId}", but came with user id "${other.opaqueUserId}". ${SAME_PERSON}`
}

const explainModel: Explain = ({ line, settings, history }) => {
  const credit = findCredit(line, history, withModel(settings, 'last-impression'))
  if (!credit) return undefined
  return `${toName(credit.interaction)} was not followed by a click. With the model last-click, only clicks count.`
}

const explainHalo: Explain = ({ line, settings, history }) => {
  if (settings.halo) return undefined
  const credit = findCredit(line, history, { ...settings, halo: true })
  if (!credit || credit.interaction.productIds.length === 0) return undefined
  return `${toName(credit.interaction)} is on another product of vendor "${line.vendorId ?? ''}". Halo attribution is off.`
}

const explainMissingProduct: Explain = (circumstances) => {
  const click = findWithoutProduct('click', circumstances)
  if (!click) return undefined
  return click.format === 'banners'
    ? `${toName(click)} is on a banner and names no product. Report the click on the product too, with the resolvedBidId of the banner and with additionalAttribution.${toVendorNote(click, circumstances.line)}`
    : `${toName(click)} ${toUnnamed(click)}, and names no product.`
}

const explainViewWithoutProduct: Explain = (circumstances) => {
  const view = findWithoutProduct('impression', circumstances)
  if (!view) return undefined
  if (view.format !== 'banners') return `${toName(view)} ${toUnnamed(view)}, and names no product.`
  return circumstances.settings.banners.model === 'last-impression'
    ? `${toName(view)} is on a banner and names no product. The model for banners is last-impression. Topsort's published rules do not say for which products a banner that was only seen gets the credit, so only Topsort decides.`
    : `${toName(view)} is on a banner that was not clicked. With the model last-click, only clicks count.`
}

/**
 * Returns the last sponsored interaction of a type that names no product. An ad of another vendor cannot get the credit for
 * the order line, so it is skipped, unless the product of the line won its auction.
 */
function findWithoutProduct(
  type: AdInteraction['type'],
  { line, settings, history }: Circumstances
): AdInteraction | undefined {
  const timelines = FORMATS.map((format) => history.withoutProduct[`${type} ${format}`])
  const last = findLastOf(timelines, line.orderedAt)
  if (!last || !isInWindow(last, line, settings)) return undefined
  return isOfOtherVendor(last, line) && last.winnerProductId !== line.productId ? undefined : last
}

function toUnnamed({ isAssumed }: AdInteraction): string {
  return isAssumed ? 'has a bid that no auction here gave' : 'is on an ad that is for no single product'
}

const explainOrganic: Explain = ({ line, history }) => {
  const last = findLast(history.organic.get(line.productId), line.orderedAt)
  if (!last) return undefined
  return `${toName(last)} on this product has no resolvedBidId, so it is organic. If it was on an ad, send the resolvedBidId of the auction's winner.`
}

const explainOtherProduct: Explain = ({ line, settings, history }) => {
  const other = findLast(history.sponsored, line.orderedAt)
  if (!other) return undefined
  const about = other.productIds.length > 0 ? ` is on product "${other.productIds[0]}"` : ' names no product'
  const needsVendor = settings.halo && line.vendorId === undefined
  const hint = needsVendor ? ' Halo attribution needs a vendorId on the order line.' : ''
  return `No sponsored click or impression of this user is on this product. ${toName(other)}${about}.${hint}`
}

const explainOtherUserOfVisit: Explain = ({ line, history, everyone }) => {
  if (history.size > 0) return undefined
  const other = findLastOf(listTimelines(line, everyone, SAME_PRODUCT), line.orderedAt)
  if (!other || line.orderedAt - other.countsFrom > VISIT_LENGTH) return undefined
  const age = toDuration(line.orderedAt - other.countsFrom)
  return `User id "${line.opaqueUserId}" has no click or impression. ${toName(other)} on this product came ${age} before the order, with user id "${other.opaqueUserId}". ${SAME_PERSON}`
}

/** All explanations. The first one that applies is used, so those that are closest to a credit come first. */
const EXPLANATIONS: Explain[] = [
  explainOffsite,
  explainWindow,
  explainLaterAuction,
  explainOtherVendor,
  explainOtherUserOfAuction,
  explainModel,
  explainMissingProduct,
  explainHalo,
  explainViewWithoutProduct,
  explainOrganic,
  explainOtherProduct,
  explainOtherUserOfVisit
]

/** Returns one or two sentences that say why nothing gets the credit for an order line. */
export function explainNoCredit(circumstances: Circumstances): string {
  for (const explain of EXPLANATIONS) {
    const sentence = explain(circumstances)
    if (sentence !== undefined) return sentence
  }
  return `User id "${circumstances.line.opaqueUserId}" has no sponsored click or impression before this order.`
}

function toName({ type, id }: AdInteraction): string {
  return `${type === 'click' ? 'Click' : 'Impression'} "${id}"`
}
