import type { Bid } from '../auctions/bids'
import type { EventsByType, Format } from '../contract'
import { toEpoch } from '../time'

/** An impression or a click, as attribution sees it. */
export type Interaction = {
  type: 'impression' | 'click'
  id: string
  opaqueUserId: string
  /** Absent if the interaction is organic. Organic interactions get no credit. */
  resolvedBidId?: string
  format: Format
  /** The products that the interaction is about. */
  productIds: string[]
  /** The vendor of the ad, where it is known. */
  vendorId?: string
  /** When it happened, in epoch milliseconds. */
  occurredAt: number
  /**
   * From when on an order can be credited to it, in epoch milliseconds: `occurredAt`, or the second of its auction if
   * that is later. An order before the auction is never credited to it.
   */
  countsFrom: number
  /** Whether no auction gave the bid, so that format and product are assumed from the event. */
  isAssumed: boolean
  /** The user that the auction ran for, if its request says so. */
  auctionUserId?: string
}

/** Answers what the sandbox's auctions know. */
export type AuctionFacts = {
  findBid: (resolvedBidId: string) => Bid | undefined
  findVendor: (productId: string) => string | undefined
}

/**
 * Reads what an impression or click can get credit for.
 *
 * An ad of a listing is about the winner of its auction. A banner is about the product in `additionalAttribution` only,
 * because a click on a banner says nothing about a product yet. If no auction gave the bid, these are assumptions: it is
 * a banner if the event has `additionalAttribution` or `object.type` says so, else a listing of the `entity`.
 */
export function toInteraction(
  type: Interaction['type'],
  event: EventsByType['impressions' | 'clicks'],
  { findBid, findVendor }: AuctionFacts
): Interaction {
  const { id, opaqueUserId, resolvedBidId, additionalAttribution, entity } = event
  const occurredAt = toEpoch(event.occurredAt)
  const bid = resolvedBidId === undefined ? undefined : findBid(resolvedBidId)
  const format = bid?.format ?? (additionalAttribution || event.object?.type === 'banner' ? 'banners' : 'listings')

  const winner = bid ?? entity
  const targets = [format === 'listings' ? winner : undefined, additionalAttribution].filter(
    (target) => target !== undefined
  )
  const productIds = [...new Set(targets.filter((target) => target.type === 'product').map((target) => target.id))]
  const vendorId =
    bid?.vendorId ??
    targets.find((target) => target.type === 'vendor')?.id ??
    productIds.map(findVendor).find((vendor) => vendor !== undefined)

  return {
    type,
    id,
    opaqueUserId,
    resolvedBidId,
    format,
    productIds,
    vendorId,
    occurredAt,
    countsFrom: bid ? Math.max(occurredAt, toWholeSecond(bid.auctionedAt)) : occurredAt,
    isAssumed: resolvedBidId !== undefined && bid === undefined,
    auctionUserId: bid?.opaqueUserId
  }
}

/** Some SDKs send times without milliseconds. An order in the second of its auction must not look earlier. */
function toWholeSecond(time: number): number {
  return time - (time % 1_000)
}
