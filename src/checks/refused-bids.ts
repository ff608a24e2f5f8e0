import { readPlaces, type Reason } from '../core'
import type { Sighting } from './finding'
import type { EventObservation, MappingDelivery, WireEvents } from './observation'
import { readProducts } from './properties'
import { findReasons } from './reasons'
import { readCase, toCallSighting } from './sighting'

/** Topsort's code for a bid that it does not know, and the destination's for values that are no text. */
const REFUSED = ['resolved_bid_id_not_found', 'bid_unreadable']

/** Returns a sighting for each delivery of a call with a refused bid, with the first of these bids. */
export function findRefusedBids(observation: EventObservation): Sighting[] {
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
