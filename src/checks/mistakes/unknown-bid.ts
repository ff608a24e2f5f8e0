import { toSighting } from '../check'
import type { Check, GroupFacts, JudgeContext } from '../check'
import { readCallerIds, readTime, toKeptId } from '../facts'
import type { Interaction } from '../facts'
import type { Sighting } from '../finding'
import type { EventObservation, MappingDelivery } from '../observation'
import { readProductIds, toText } from '../properties'
import { CLOCK_TOLERANCE } from '../times'

/**
 * Topsort refused a bid, the bid won for another product, or it is from none of the user's auctions although these are
 * known.
 */
export const unknownBid: Check = {
  code: 'unknown-bid',
  severity: 'loses money',
  title: 'A bid is unknown, was cut, or belongs to another product',
  why: 'Topsort refuses an unknown bid, and the event is lost. A bid of another product bills the wrong advertiser.',
  cure: 'Keep the resolvedBidId with the product that won it, and send it whole, as it came from the auction.',
  canBeTakenBack: true,
  ofEvent: (observation) =>
    observation.deliveries.filter(isRefused).map((delivery) => toRefusedSighting(observation, delivery)),
  groups: {
    bid: ({ impressions, clicks }) =>
      [...impressions, ...clicks].filter(isOfAnotherProduct).map((fact) => toSighting(fact)),
    person: findWithoutAuction
  }
}

function isRefused({ ok, message }: MappingDelivery): boolean {
  return !ok && message.includes('resolved_bid_id_not_found')
}

function toRefusedSighting(observation: EventObservation, { mapping, sent }: MappingDelivery): Sighting {
  const { messageId, properties = {} } = observation.event
  const wire = [...(sent?.clicks ?? []), ...(sent?.impressions ?? [])].find((event) => event.resolvedBidId)
  const bid = wire?.resolvedBidId ?? toText(properties.resolvedBidId)
  const user = wire?.opaqueUserId ?? readCallerIds(observation).at(0)
  const sample = {
    messageId: toKeptId(messageId),
    user,
    bid: bid && toKeptId(bid),
    product: readProductIds(properties).at(0)
  }
  return { key: `${mapping}\n${messageId}`, time: readTime(observation).time, sample }
}

/** Skips banners, because a banner's bid may come with any product. */
function isOfAnotherProduct({ path, win, isFollowUp, isBanner, products }: Interaction): boolean {
  if (path === 'direct' || win?.type !== 'product' || win.format === 'banners' || isFollowUp) return false
  if (isBanner && win.format === undefined) return false
  return products.length > 0 && !products.includes(win.product)
}

function findWithoutAuction({ impressions, clicks, wins }: GroupFacts, { mayLack }: JudgeContext): Sighting[] {
  if (wins.length === 0 || mayLack('win')) return []
  return [...impressions, ...clicks]
    .filter(({ path, bid, win, time }) => {
      return path === 'segment' && bid && !win && wins[0].time + CLOCK_TOLERANCE < time
    })
    .map((fact) => toSighting(fact))
}
