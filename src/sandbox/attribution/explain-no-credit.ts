import { DAY, MINUTE } from '../../core'
import { FORMATS } from '../contract'
import { toDuration } from '../time'
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

/** Why nothing gets the credit for an order line, in one or two sentences, and the interaction that they are about. */
export type NoCreditReason = { reason: string; related?: AdInteraction }

/** Returns a reason if an explanation applies. */
type Explain = (circumstances: Circumstances) => NoCreditReason | undefined

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
  return {
    related: last,
    reason: `${toName(last)} on an offsite ad${campaign} for ${about} came ${age} before the order. Topsort attributes offsite ads by entity, external ids and channel, without a resolvedBidId. The sandbox knows no offsite campaigns, so only Topsort decides about this credit.`
  }
}

const explainWindow: Explain = ({ line, settings, history }) => {
  const late = findLastOf(listTimelines(line, history, settings), line.orderedAt)
  if (!late) return undefined
  const age = toDuration(line.orderedAt - late.countsFrom)
  return {
    related: late,
    reason: `${toName(late)} came ${age} before the order. The window for ${late.format} is ${settings[late.format].windowDays} days.`
  }
}

const explainLaterAuction: Explain = ({ line, settings, history }) => {
  const next = findNextOf(listTimelines(line, history, settings), line.orderedAt)
  if (!next) return undefined
  if (next.occurredAt > line.orderedAt) return { related: next, reason: `${toName(next)} came only after the order.` }
  const [auction, order] = [next.countsFrom, line.orderedAt].map((time) => new Date(time).toISOString())
  return {
    related: next,
    reason: `${toName(next)} belongs to an auction that ran at ${auction}, after the order at ${order}. An order is never credited to a later auction.`
  }
}

const explainOtherVendor: Explain = ({ line, settings, history }) => {
  const credit = findCredit({ ...line, vendorId: undefined }, history, settings)
  if (!credit) return undefined
  return {
    related: credit.interaction,
    reason: `${toName(credit.interaction)} is on this product.${toVendorNote(credit.interaction, line)}`
  }
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
  return {
    related: other,
    reason: `${toName(other)} belongs to an auction for user id "${line.opaqueUserId}", but came with user id "${other.opaqueUserId}". ${SAME_PERSON}`
  }
}

const explainModel: Explain = ({ line, settings, history }) => {
  const credit = findCredit(line, history, withModel(settings, 'last-impression'))
  if (!credit) return undefined
  return {
    related: credit.interaction,
    reason: `${toName(credit.interaction)} was not followed by a click. With the model last-click, only clicks count.`
  }
}

const explainHalo: Explain = ({ line, settings, history }) => {
  if (settings.halo) return undefined
  const credit = findCredit(line, history, { ...settings, halo: true })
  if (!credit || credit.interaction.productIds.length === 0) return undefined
  return {
    related: credit.interaction,
    reason: `${toName(credit.interaction)} is on another product of vendor "${line.vendorId ?? ''}". Halo attribution is off.`
  }
}

const explainMissingProduct: Explain = (circumstances) => {
  const click = findWithoutProduct('click', circumstances)
  if (!click) return undefined
  const reason =
    click.format === 'banners'
      ? `${toName(click)} is on a banner and names no product. Report the click on the product too, with the resolvedBidId of the banner and with additionalAttribution.${toVendorNote(click, circumstances.line)}`
      : `${toName(click)} ${toUnnamed(click)}, and names no product.`
  return { related: click, reason }
}

const explainViewWithoutProduct: Explain = (circumstances) => {
  const view = findWithoutProduct('impression', circumstances)
  if (!view) return undefined
  if (view.format !== 'banners')
    return { related: view, reason: `${toName(view)} ${toUnnamed(view)}, and names no product.` }
  const reason =
    circumstances.settings.banners.model === 'last-impression'
      ? `${toName(view)} is on a banner and names no product. The model for banners is last-impression. Topsort's published rules do not say for which products a banner that was only seen gets the credit, so only Topsort decides.`
      : `${toName(view)} is on a banner that was not clicked. With the model last-click, only clicks count.`
  return { related: view, reason }
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
  return {
    related: last,
    reason: `${toName(last)} on this product has no resolvedBidId, so it is organic. If it was on an ad, send the resolvedBidId of the auction's winner.`
  }
}

const explainOtherProduct: Explain = ({ line, settings, history }) => {
  const other = findLast(history.sponsored, line.orderedAt)
  if (!other) return undefined
  const about = other.productIds.length > 0 ? ` is on product "${other.productIds[0]}"` : ' names no product'
  const needsVendor = settings.halo && line.vendorId === undefined
  const hint = needsVendor ? ' Halo attribution needs a vendorId on the order line.' : ''
  return {
    related: other,
    reason: `No sponsored click or impression of this user is on this product. ${toName(other)}${about}.${hint}`
  }
}

const explainOtherUserOfVisit: Explain = ({ line, history, everyone }) => {
  if (history.size > 0) return undefined
  const other = findLastOf(listTimelines(line, everyone, SAME_PRODUCT), line.orderedAt)
  if (!other || line.orderedAt - other.countsFrom > VISIT_LENGTH) return undefined
  const age = toDuration(line.orderedAt - other.countsFrom)
  return {
    related: other,
    reason: `User id "${line.opaqueUserId}" has no click or impression. ${toName(other)} on this product came ${age} before the order, with user id "${other.opaqueUserId}". ${SAME_PERSON}`
  }
}

/** All explanations by their code. The first one that applies is used, so those that are closest to a credit come first. */
const EXPLANATIONS = {
  offsite_ad: explainOffsite,
  outside_window: explainWindow,
  later_auction: explainLaterAuction,
  other_vendor: explainOtherVendor,
  other_user: explainOtherUserOfAuction,
  only_seen: explainModel,
  click_without_product: explainMissingProduct,
  halo_off: explainHalo,
  view_without_product: explainViewWithoutProduct,
  organic: explainOrganic,
  other_product: explainOtherProduct,
  other_user_of_visit: explainOtherUserOfVisit
} satisfies Record<string, Explain>

/** Why nothing gets the credit for an order line. `no_ad`: the user has no sponsored click or impression before the order. */
export type NoCreditCode = keyof typeof EXPLANATIONS | 'no_ad'

/** Returns why nothing gets the credit for an order line. */
export function explainNoCredit(circumstances: Circumstances): NoCreditReason & { code: NoCreditCode } {
  for (const [code, explain] of Object.entries(EXPLANATIONS)) {
    const reason = explain(circumstances)
    if (reason !== undefined) return { ...reason, code: code as NoCreditCode }
  }
  const reason = `User id "${circumstances.line.opaqueUserId}" has no sponsored click or impression before this order.`
  return { code: 'no_ad', reason }
}

function toName({ type, id }: AdInteraction): string {
  return `${type === 'click' ? 'Click' : 'Impression'} "${id}"`
}
