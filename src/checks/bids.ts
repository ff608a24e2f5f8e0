import { createNewestSet, readPlaces, type Reason } from '../core'
import type { Sighting } from './finding'
import type { Interaction } from './model'
import type { AuctionObservation, EventObservation, MappingDelivery, WireEvents } from './observation'
import { readProducts, shortenId } from './properties'
import { findReasons } from './reasons'
import { readCase, toCallSighting } from './sighting'

/** Returns whether an interaction came through Segment. */
export function isFromSegment({ path }: Interaction): boolean {
  return path === 'segment'
}

/** Returns whether a use of a bid through Segment is an impression of its ad. A follow-up of a banner repeats the bid by design. */
export function isAdImpression(use: Interaction): boolean {
  return use.kind === 'impression' && isFromSegment(use) && !use.isFollowUp
}

/** Returns the users of a bid in the order of their first use through Segment. */
export function listUsers(uses: readonly Interaction[]): string[] {
  const inOrder = uses.filter(isFromSegment).sort((one, other) => one.time - other.time)
  return [...new Set(inOrder.map(({ user }) => user))]
}

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

/** Returns whether a bid, shortened as in samples, is that of a fallback banner. */
export type IsFallback = (bid: string | undefined) => boolean

/** The oldest bids are forgotten first. They take about 3 MB. */
const MAX_BIDS = 10_000

/** Remembers the bids of winners that are shown because nobody won. An event with such a bid comes after its auction. */
export function createFallbacks() {
  const bids = createNewestSet(MAX_BIDS)

  return {
    add({ winners }: AuctionObservation): void {
      for (const { resolvedBidId, isFallback } of winners) if (isFallback) bids.add(shortenId(resolvedBidId))
    },
    has: (bid: string | undefined): boolean => bid !== undefined && bids.has(bid)
  }
}
