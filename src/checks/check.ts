import type { Fact, Interaction, IdUse, Kind, Link, Purchase, Win } from './facts'
import type { Severity, Sighting } from './finding'
import type { EventObservation } from './observation'
import type { PastOf } from './past/past'

/**
 * Describes one mistake: the text that people read, and the code that finds it. A check that reads one event at a time
 * has `ofEvent`. A check that compares events has `groups`, with a function for each grouping that it needs.
 */
export type Check = {
  /** Stable: other tools may rely on it. */
  code: string
  severity: Severity
  /** A sentence without its period. */
  title: string
  /** Why the mistake costs money or data, in whole sentences. */
  why: string
  /** What to do about it, in whole sentences. */
  cure: string
  /** Set if a later observation can remove a sighting. The terminal shows such a finding a few seconds later. */
  canBeTakenBack?: true
  /** Returns the sightings in one Segment call and its deliveries. */
  ofEvent?: (observation: EventObservation) => Sighting[]
  groups?: { [Name in Grouping]?: Judge<Name> }
}

/**
 * Returns the sightings in the facts of one group. It is called again after each change of the group. A sighting that
 * it no longer returns is removed. If old facts are forgotten, a judge may miss a sighting, but it never returns a
 * false one.
 */
export type Judge<Name extends Grouping = Grouping> = (group: GroupFacts<Name>, context: JudgeContext) => Sighting[]

/** The value that all facts of a group share. */
export type Grouping =
  /** One `resolvedBidId`. */
  | 'bid'
  /** One person, with all of their known ids. */
  | 'person'
  /** One product and one `opaqueUserId`. For auctions without a user, one product. */
  | 'product'
  /** One order id, as the shop sends it. */
  | 'order'
  /** One `opaqueUserId` and the same order lines. */
  | 'basket'
  /** One vendor. */
  | 'vendor'
  /** One message id or event id, which should be unique. */
  | 'id'

/** The facts of a group. Each list is sorted by time. */
export type GroupFacts<Name extends Grouping = Grouping> = {
  readonly impressions: readonly Interaction[]
  readonly clicks: readonly Interaction[]
  readonly purchases: readonly Purchase[]
  readonly wins: readonly Win[]
  readonly links: readonly Link[]
  readonly idUses: readonly IdUse[]
  /** What is remembered of the facts that were forgotten. Always absent without a long memory. */
  readonly past?: PastOf<Name>
}

/** Values that a judge may need in addition to the facts. */
export type JudgeContext = {
  /** Returns whether facts of these kinds may have been forgotten. */
  mayLack: (...kinds: Kind[]) => boolean
  /** The longest time between a credited interaction and its order, in milliseconds. */
  attributionWindow: number
}

/** Returns a sighting with the ids of a fact. */
export function toSighting(fact: Exclude<Fact, Win | Link>, more: Partial<Sighting['sample']> = {}): Sighting {
  const { key, time, messageId, user } = fact
  const ids =
    fact.kind === 'purchase'
      ? { order: fact.orderId, product: fact.products.at(0) }
      : { bid: fact.bid, product: fact.kind === 'idUse' ? fact.product : fact.products.at(0) }
  return { key, time, sample: { messageId, user, ...ids, ...more } }
}
