import type { Sighting } from '../finding'
import type { Check, GroupFacts, Interaction, JudgeContext } from '../model'
import { findRefusedBids } from '../bids'
import { toSighting } from '../sighting'
import { CLOCK_TOLERANCE } from '../times'

/**
 * A bid was refused by Topsort or cannot be a bid, it won for another product, or it is from none of the user's auctions
 * although these are known. `encoded-bid` has the bids that were encoded on their way, and
 * `fallback-bid` those of winners that nobody paid for.
 */
export const unknownBid: Check = {
  code: 'unknown-bid',
  severity: 'loses money',
  title: 'A bid is unknown, or belongs to another product',
  why: 'Topsort refuses an unknown bid. The destination does not send one that is not text. The event is lost. A bid of another product bills the wrong advertiser.',
  cure: 'Keep the resolvedBidId with the product that won it, and send it whole, as it came from the auction.',
  canBeTakenBack: true,
  needs: 'reasons',
  ofEvent: (observation, isFallback) => findRefusedBids(observation).filter(({ sample }) => !isFallback(sample.bid)),
  needsAuctions: true,
  groups: {
    bid: ({ impressions, clicks }) =>
      [...impressions, ...clicks].filter(isOfAnotherProduct).map((fact) => toSighting(fact)),
    person: findWithoutAuction
  }
}

/** Skips banners, because a banner's bid may come with any product. */
function isOfAnotherProduct({ path, win, isFollowUp, isBanner, products }: Interaction): boolean {
  if (path === 'direct' || win?.type !== 'product' || win.format === 'banners' || isFollowUp) return false
  if (isBanner && win.format === undefined) return false
  return products.length > 0 && !products.includes(win.product)
}

function findWithoutAuction({ impressions, clicks, wins }: GroupFacts, { mayHaveLost }: JudgeContext): Sighting[] {
  if (wins.length === 0 || mayHaveLost('win')) return []
  return [...impressions, ...clicks]
    .filter(({ path, bid, win, time }) => {
      return path === 'segment' && bid && !win && wins[0].time + CLOCK_TOLERANCE < time
    })
    .map((fact) => toSighting(fact))
}
