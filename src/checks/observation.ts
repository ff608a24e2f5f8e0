import type { TakenEvent } from '../pipeline'
import type { EventsByType, EventType } from '../sandbox'

/** Something that was seen. Observations may come in any order: the time in each of them counts. */
export type Observation = EventObservation | DirectObservation | AuctionObservation | LinkObservation

/** A Segment call, once every mapping that took it has its final result. */
export type EventObservation = {
  kind: 'event'
  /** The call as it was taken. Times are ISO 8601. */
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
  >
  /** One entry for each mapping that took the call. */
  deliveries: readonly MappingDelivery[]
}

/** The result of one mapping for one Segment call. */
export type MappingDelivery = {
  mapping: string
  /** The key of the action in the destination's definition, such as `click`. */
  action: string
  ok: boolean
  status: number
  message: string
  /** The events that were sent to Topsort for this call, whether or not Topsort accepted them. */
  sent?: WireEvents
}

/** Events that reached Topsort's API without Segment, such as those of Topsort's browser SDK. */
export type DirectObservation = {
  kind: 'direct'
  /** ISO 8601. */
  receivedAt: string
  sent: WireEvents
}

/** An auction that was answered. */
export type AuctionObservation = {
  kind: 'auction'
  /** Milliseconds since 1970. */
  time: number
  /** Absent if the shop sent none. */
  opaqueUserId?: string
  winners: readonly Winner[]
}

/** A winner of an auction. */
export type Winner = {
  resolvedBidId: string
  /** What won, such as `product` or `vendor`. */
  type: string
  id: string
  vendorId?: string
  /** The kind of auction, as Topsort's `resultType`. Without it, the event's name and object tell banners apart. */
  format?: 'listings' | 'banners'
}

/** Two ids that Topsort was told to treat as one user. */
export type LinkObservation = {
  kind: 'link'
  from: string
  to: string
}

/** The events of one request, by type. */
export type WireEvents = { readonly [Type in EventType]?: readonly EventsByType[Type][] }
