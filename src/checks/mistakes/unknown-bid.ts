import { readPlaces, type Reason } from '../../core'
import type { Sighting } from '../finding'
import type { Check, GroupFacts, Interaction, JudgeContext } from '../model'
import type { EventObservation, MappingDelivery, WireEvents } from '../observation'
import { readProducts } from '../properties'
import { findReasons } from '../reasons'
import { readCase, toCallSighting, toSighting } from '../sighting'
import { CLOCK_TOLERANCE } from '../times'

/**
 * A bid was refused by Topsort or cannot be a bid, it won for another product, or it is from none of the user's auctions
 * although these are known. `encoded-bid` has the bids that were encoded on their way.
 */
export const unknownBid: Check = {
  code: 'unknown-bid',
  severity: 'loses money',
  title: 'A bid is unknown, or belongs to another product',
  why: 'Topsort refuses an unknown bid. The destination does not send one that is no text. The event is lost. A bid of another product bills the wrong advertiser.',
  cure: 'Keep the resolvedBidId with the product that won it, and send it whole, as it came from the auction.',
  canBeTakenBack: true,
  ofEvent: findRefused,
  groups: {
    bid: ({ impressions, clicks }) =>
      [...impressions, ...clicks].filter(isOfAnotherProduct).map((fact) => toSighting(fact)),
    person: findWithoutAuction
  }
}

/** Topsort's code for a bid that it does not know, and the destination's for values that are no text. */
const REFUSED = ['resolved_bid_id_not_found', 'bid_unreadable']

function findRefused(observation: EventObservation): Sighting[] {
  return observation.deliveries.flatMap((delivery) => {
    const refused = findReasons(delivery.reason, REFUSED)
    return refused.slice(0, 1).map((reason) => toRefusedSighting(observation, delivery, reason))
  })
}

function toRefusedSighting(observation: EventObservation, delivery: MappingDelivery, reason: Reason): Sighting {
  const { properties = {} } = observation.event
  const place = readPlaces(reason).at(0)
  const source = place === undefined ? properties : (readProducts(properties).at(place - 1) ?? {})
  const wire = place === undefined ? findWireEvent(delivery.sent, reason) : undefined
  const sent = wire && { bid: wire.resolvedBidId, user: wire.opaqueUserId }
  return toCallSighting(observation, { ...readCase(source), ...sent }, delivery.mapping)
}

/** Returns the event whose bid was refused. If only some events of a list were refused, the reason has their ids. */
function findWireEvent({ clicks = [], impressions = [] }: WireEvents = {}, { ids }: Reason): WireEvent | undefined {
  const events = [...clicks, ...impressions].filter(({ resolvedBidId }) => resolvedBidId)
  return Array.isArray(ids) ? events.find(({ id }) => ids.includes(id)) : events.at(0)
}

type WireEvent = NonNullable<WireEvents['clicks']>[number]

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
