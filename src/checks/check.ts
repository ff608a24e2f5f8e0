import type { Fact, Interaction, IdUse, Kind, Link, Purchase, Win } from './facts'
import type { Severity, Sighting } from './finding'
import type { EventObservation } from './observation'

/**
 * Describes one mistake: how it is told to people, and how it is found. A check that needs one event only has `ofEvent`.
 * A check that compares events has `groups`, with a function for each grouping that it needs.
 */
export type Check = {
  /** Stable: other tools may rely on it. */
  code: string
  severity: Severity
  /** A sentence without its period. */
  title: string
  /** Why it costs, in whole sentences. */
  why: string
  /** What to do, in whole sentences. */
  cure: string
  /** Set if a later observation can take a sighting back. The terminal hears of such a finding a little later. */
  canBeTakenBack?: true
  /** Returns the sightings in one Segment call and its results. */
  ofEvent?: (observation: EventObservation) => Sighting[]
  groups?: { [Name in Grouping]?: Judge }
}

/**
 * Returns the sightings in the facts of one group. It is called again whenever the group changes, and what it no longer
 * returns is taken back. Without facts that were forgotten, it returns no more than with them.
 */
export type Judge = (group: GroupFacts, context: JudgeContext) => Sighting[]

/** What the facts of a group have in common. */
export type Grouping =
  /** One `resolvedBidId`. */
  | 'bid'
  /** One person, by all ids that are known to be theirs. */
  | 'person'
  /** One product and one `opaqueUserId`; also one product of auctions that have no user. */
  | 'product'
  /** One order id of the shop. */
  | 'order'
  /** One `opaqueUserId` and the same order lines. */
  | 'basket'
  /** One vendor. */
  | 'vendor'
  /** One id that should be unique. */
  | 'id'

/** The facts of a group, each kind in order of time. */
export type GroupFacts = {
  readonly impressions: readonly Interaction[]
  readonly clicks: readonly Interaction[]
  readonly purchases: readonly Purchase[]
  readonly wins: readonly Win[]
  readonly links: readonly Link[]
  readonly idUses: readonly IdUse[]
}

/** What a judge may ask beside the facts. */
export type JudgeContext = {
  /** Whether the group may have had facts of these kinds that are forgotten by now. */
  mayLack: (...kinds: Kind[]) => boolean
  /** How long before an order an interaction may be credited, in milliseconds. */
  attributionWindow: number
}

/** Returns the sighting of a fact. */
export function sight(fact: Exclude<Fact, Win | Link>, more: Partial<Sighting['sample']> = {}): Sighting {
  const { key, time, messageId, user } = fact
  const ids =
    fact.kind === 'purchase'
      ? { order: fact.orderId, product: fact.products.at(0) }
      : { bid: fact.bid, product: fact.kind === 'idUse' ? fact.product : fact.products.at(0) }
  return { key, time, sample: { messageId, user, ...ids, ...more } }
}
