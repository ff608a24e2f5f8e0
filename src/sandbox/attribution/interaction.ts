import type { Bid } from '../auctions/bids'
import type { EventsByType, Format } from '../contract'
import { toEpoch } from '../time'

/** An impression or a click, with the values that attribution needs. */
export type AdInteraction = {
  type: 'impression' | 'click'
  id: string
  opaqueUserId: string
  /** Absent if the interaction is organic. Organic interactions get no credit. */
  resolvedBidId?: string
  format: Format
  /** Whether it is with an offsite ad and has no bid. Topsort attributes it by its entity, external ids and channel. */
  isOffsite: boolean
  /** The external campaign of an offsite ad. */
  externalCampaignId?: string
  /** The product that won the auction, if one did. A click on a banner does not choose it. */
  winnerProductId?: string
  /** The products that the interaction is about. */
  productIds: string[]
  /** The vendor of the ad, if it is known. */
  vendorId?: string
  /** When it happened, in epoch milliseconds. */
  occurredAt: number
  /**
   * The earliest time of an order that can be credited to it, in epoch milliseconds. This is `occurredAt`, or the
   * second of its auction if that is later, because an order before the auction is never credited.
   */
  countsFrom: number
  /** Whether no auction here returned the bid, so that format and product are assumed from the event. */
  isAssumed: boolean
  /** The user that the auction ran for, if its request says so. */
  auctionUserId?: string
}

/** Look-ups in the sandbox's auctions and catalogue. */
export type AuctionFacts = {
  findBid: (resolvedBidId: string) => Bid | undefined
  findVendor: (productId: string) => string | undefined
}

/**
 * Converts an impression or a click, and finds the products that it can get credit for.
 *
 * A listing is about the winner of its auction. A sponsored brand is about the products of its campaign. A banner is only
 * about the product in `additionalAttribution`, because a click on a banner does not choose a product. If no auction here returned the bid, the format is assumed: `banners`
 * if the event has `additionalAttribution` or its `object.type` is `banner`, otherwise `listings`, with the `entity` as
 * the winner.
 */
export function toAdInteraction(
  type: AdInteraction['type'],
  event: EventsByType['impressions' | 'clicks'],
  { findBid, findVendor }: AuctionFacts
): AdInteraction {
  const { id, opaqueUserId, resolvedBidId, additionalAttribution, entity, externalCampaignId, externalVendorId } = event
  const occurredAt = toEpoch(event.occurredAt)
  const bid = resolvedBidId === undefined ? undefined : findBid(resolvedBidId)
  const format = bid?.format ?? (additionalAttribution || event.object?.type === 'banner' ? 'banners' : 'listings')

  const winner = bid ?? entity
  const targets = [format === 'listings' ? winner : undefined, additionalAttribution].filter(
    (target) => target !== undefined
  )
  const isOffsite =
    resolvedBidId === undefined &&
    (event.channel === 'offsite' || externalCampaignId !== undefined || externalVendorId !== undefined)
  const namedIds = targets.filter((target) => target.type === 'product').map((target) => target.id)
  const productIds = [...new Set([...namedIds, ...(bid?.productIds ?? [])])]
  const namedVendor = targets.find((target) => target.type === 'vendor')?.id
  const vendorId = isOffsite
    ? (externalVendorId ?? namedVendor)
    : (bid?.vendorId ?? namedVendor ?? productIds.map(findVendor).find((vendor) => vendor !== undefined))

  return {
    type,
    id,
    opaqueUserId,
    resolvedBidId,
    format,
    isOffsite,
    ...(isOffsite && { externalCampaignId }),
    ...(bid?.type === 'product' && { winnerProductId: bid.id }),
    productIds,
    vendorId,
    occurredAt,
    countsFrom: bid ? Math.max(occurredAt, toWholeSecond(bid.auctionedAt)) : occurredAt,
    isAssumed: resolvedBidId !== undefined && bid === undefined,
    auctionUserId: bid?.opaqueUserId
  }
}

/** Removes the milliseconds. Some SDKs send times without them, so an order could seem to be before its auction. */
function toWholeSecond(time: number): number {
  return time - (time % 1_000)
}
