import type { Reason } from '../core'
import type { TakenEvent } from '../pipeline'
import type { EventsByType, EventType } from '../sandbox'

/** Something that happened. Observations may arrive in any order. Each has its own time. */
export type Observation = EventObservation | DirectObservation | AuctionObservation | LinkObservation

/** A Segment call and the final result of each mapping that took it. */
export type EventObservation = {
  kind: 'event'
  /** The call as the pipeline received it. Times are ISO 8601. */
  event: Pick<
    TakenEvent,
    | 'messageId'
    | 'type'
    | 'event'
    | 'name'
    | 'userId'
    | 'anonymousId'
    | 'properties'
    | 'context'
    | 'timestamp'
    | 'receivedAt'
    | 'writeKey'
  > & {
    /** Segment's id of the source. Archives have it. */
    projectId?: unknown
  }
  /** One entry for each mapping that took the call. */
  deliveries: readonly MappingDelivery[]
  /** Set if the call's own integrations or a destination filter keep it from the mappings. */
  isKeptOut?: true
}

/** The result of one mapping for one Segment call. */
export type MappingDelivery = {
  mapping: string
  /** The key of the action in the destination's definition, such as `click`. */
  action: string
  ok: boolean
  /** Why the event failed, or the first note of a delivered event. Absent if there is none. */
  reason?: Reason
  /** The events that were sent to Topsort for this call, including those that Topsort rejected. */
  sent?: WireEvents
}

/** Events that reached Topsort's API without Segment, for example from Topsort's browser SDK. */
export type DirectObservation = {
  kind: 'direct'
  /** ISO 8601. */
  receivedAt: string
  sent: WireEvents
}

/** A finished auction. */
export type AuctionObservation = {
  kind: 'auction'
  /** Milliseconds since 1970. */
  time: number
  /** Absent if the request had none. */
  opaqueUserId?: string
  winners: readonly Winner[]
}

/** A group of ad formats with its own attribution window. `banners` are banners, native ads and videos. */
export type AdFormat = 'listings' | 'brands' | 'banners'

/** A winner of an auction. */
export type Winner = {
  resolvedBidId: string
  /** What won, such as `product` or `vendor`. */
  type: string
  id: string
  vendorId?: string
  /** Topsort's `resultType`. If it is absent, the name and `object` of an event decide whether it is about a banner. */
  format?: AdFormat
  /** Set if nobody won, so that its bid must not be reported. */
  isFallback?: true
}

/** A request to Topsort to treat two ids as one user. */
export type LinkObservation = {
  kind: 'link'
  from: string
  to: string
}

/** The events of one request, by type. */
export type WireEvents = { readonly [Type in EventType]?: readonly EventsByType[Type][] }

/** Returns the lists of events that a delivery has sent. Nearly all deliveries have one. A link of users has none. */
export function listSent({ sent }: MappingDelivery): (readonly EventsByType[EventType][])[] {
  const lists: (readonly EventsByType[EventType][])[] = []
  if (sent?.impressions) lists.push(sent.impressions)
  if (sent?.clicks) lists.push(sent.clicks)
  if (sent?.purchases) lists.push(sent.purchases)
  if (sent?.pageviews) lists.push(sent.pageviews)
  return lists
}
