import { sight } from '../check'
import type { Check, GroupFacts, JudgeContext } from '../check'
import { callerOf, timeOf, toKeptId } from '../facts'
import type { Interaction } from '../facts'
import type { Sighting } from '../finding'
import type { EventObservation, MappingDelivery } from '../observation'
import { productIdsOf, toText } from '../properties'
import { CLOCK_TOLERANCE } from '../times'

/**
 * A bid that Topsort refused, that is about another product than the event, or that is not from the auctions of a user
 * whose auctions are seen.
 */
export const unknownBid: Check = {
  code: 'unknown-bid',
  severity: 'loses money',
  title: 'A bid is from no auction, was cut, or belongs to another product',
  why: 'Topsort refuses a bid that it does not know, and the event is lost. A bid of another product bills the wrong advertiser.',
  cure: 'Keep the resolvedBidId with the product that won it, and send it whole, as it came from the auction.',
  canBeTakenBack: true,
  ofEvent: (observation) =>
    observation.deliveries.filter(isRefused).map((delivery) => sightRefused(observation, delivery)),
  groups: {
    bid: ({ impressions, clicks }) => [...impressions, ...clicks].filter(isOfAnotherProduct).map((fact) => sight(fact)),
    person: fromNoAuction
  }
}

function isRefused({ ok, message }: MappingDelivery): boolean {
  return !ok && message.includes('resolved_bid_id_not_found')
}

function sightRefused(observation: EventObservation, { mapping, sent }: MappingDelivery): Sighting {
  const { messageId, properties = {} } = observation.event
  const wire = [...(sent?.clicks ?? []), ...(sent?.impressions ?? [])].find((event) => event.resolvedBidId)
  const bid = wire?.resolvedBidId ?? toText(properties.resolvedBidId)
  const user = wire?.opaqueUserId ?? callerOf(observation).at(0)
  const sample = {
    messageId: toKeptId(messageId),
    user,
    bid: bid && toKeptId(bid),
    product: productIdsOf(properties).at(0)
  }
  return { key: `${mapping}\n${messageId}`, time: timeOf(observation).time, sample }
}

/** A banner's bid is about its campaign, and the shop's own ids may be in any of its properties. */
function isOfAnotherProduct({ path, win, isFollowUp, isBanner, products }: Interaction): boolean {
  if (path === 'direct' || win?.type !== 'product' || win.format === 'banners' || isFollowUp) return false
  if (isBanner && win.format === undefined) return false
  return products.length > 0 && !products.includes(win.product)
}

function fromNoAuction({ impressions, clicks, wins }: GroupFacts, { mayLack }: JudgeContext): Sighting[] {
  if (wins.length === 0 || mayLack('win')) return []
  return [...impressions, ...clicks]
    .filter(({ path, bid, win, time }) => {
      return path === 'segment' && bid && !win && wins[0].time + CLOCK_TOLERANCE < time
    })
    .map((fact) => sight(fact))
}
