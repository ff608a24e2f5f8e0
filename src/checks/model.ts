/** The types that the parts of this room share. */
import type { CallFacts } from './call'
import type { IsFallback } from './bids'
import type { Cost, CostKind, Finding, Money, Sighting } from './finding'
import type { EventObservation, Winner } from './observation'
import type { PastBid } from './past/bids'
import type { PastOrder } from './past/orders'
import type { PastPerson } from './past/people'
import type { PastUse } from './past/uses'
import type { Sketch } from './sketches/sketch'
import type { ClickMemory } from './whole/click-memory'

/** Anything that a group can contain. */
export type Fact = SentEvent | Win | UserLinkFact | IdUse

export type Kind = Fact['kind']

/** An event that Topsort accepted, other than a page view. */
export type SentEvent = Interaction | Purchase

type FactBase = {
  /** Sorts facts of the same time, so that the order of arrival does not matter. */
  key: string
  /** When it happened, in milliseconds since 1970. Never later than it was received. */
  time: number
  /** The groups that contain it. */
  groups: readonly Group[]
}

/** What all reports have. */
export type Reported = FactBase & {
  /** The event id that was sent. */
  id: string
  messageId: string
  path: 'segment' | 'direct'
  /** The name of the mapping that sent it. Empty for a direct event. */
  mapping: string
  /** Milliseconds since 1970. */
  receivedAt: number
  /** The `opaqueUserId` that was sent. */
  user: string
}

/** An impression or a click. */
export type Interaction = Reported & {
  kind: 'impression' | 'click'
  /** The name of the Segment event. Empty for a direct event. */
  name: string
  bid?: string
  /** All ids that may identify the product. */
  products: readonly string[]
  position?: number
  /** Whether it has `additionalAttribution`, like a click on a product after a click on a banner. */
  isFollowUp: boolean
  /** Whether its name or its `object` says that it is about a banner. */
  isBanner: boolean
  /** The winner with the same bid, once its auction is known. */
  win?: Win
}

export type Purchase = Reported & {
  kind: 'purchase'
  orderId?: string
  products: readonly string[]
  /** Equal for orders with the same lines. */
  basket: string
  /** Equal for orders with the same products and quantities, at any price. */
  goods: string
  /** The library that sent it, such as `analytics.js`. Empty for a direct event. */
  sdk: string
  /** The vendor of each product in `products`. Empty if the line has none. */
  vendors: readonly string[]
  /** The price times the quantity of each product in `products`. */
  amounts: readonly number[]
  /** The vendors of this order that come from the `brand` of a line. */
  brands: readonly string[]
  /** The revenue of the lines that were sent. */
  revenue: Money
}

/** One winner of an auction. */
export type Win = FactBase & {
  kind: 'win'
  bid: string
  user?: string
  type: string
  product: string
  vendorId?: string
  format?: Winner['format']
  isFallback?: true
  auction: Auction
}

/** An auction, shared by its winners. */
export type Auction = {
  wins: Win[]
  /** Has `impression` if an impression has one of its bids, and `click` if a click has one. */
  reported: Set<Interaction['kind']>
}

/** Two ids that Topsort treats as one user. */
export type UserLinkFact = FactBase & { kind: 'link'; from: string; to: string }

/** A use of a message id or an event id, which should be unique. */
export type IdUse = FactBase & {
  kind: 'idUse'
  messageId: string
  user?: string
  product?: string
  bid?: string
  /** Equal for events with the same meaning. */
  content: string
  /** Whether the same content at another time is still the same event. This is so for an order. */
  isTimeless: boolean
}

/** The values that all facts of a group can share. */
const GROUPINGS = [
  /** One `resolvedBidId`. */
  'bid',
  /** One person, with all of their known ids. */
  'person',
  /** One product and one `opaqueUserId`. For auctions without a user, one product. */
  'product',
  /** One order id, as the shop sends it. */
  'order',
  /** One `opaqueUserId` and the same order lines. */
  'basket',
  /** One vendor. */
  'vendor',
  /** One message id or event id, which should be unique. */
  'id'
] as const

export type Grouping = (typeof GROUPINGS)[number]

/** Makes something for each grouping. */
export function forGroupings<Each>(make: (grouping: Grouping) => Each): Record<Grouping, Each> {
  return Object.fromEntries(GROUPINGS.map((grouping) => [grouping, make(grouping)])) as Record<Grouping, Each>
}

/** The facts of a group. Each list is sorted by time. */
export type GroupFacts<Name extends Grouping = Grouping> = {
  readonly impressions: readonly Interaction[]
  readonly clicks: readonly Interaction[]
  readonly purchases: readonly Purchase[]
  readonly wins: readonly Win[]
  readonly links: readonly UserLinkFact[]
  readonly idUses: readonly IdUse[]
  /** What is remembered of the facts that were forgotten. Always absent without a long memory. */
  readonly past?: PastOf<Name>
}

/** Facts that share a value, and the sightings in them. */
export type Group<Name extends Grouping = Grouping> = GroupFacts<Name> & {
  readonly grouping: Grouping
  /** The keys of the group. A person has one for each known id. Other groups have one. */
  readonly keys: string[]
  past?: PastOf<Name>
  /** The number of facts. */
  size: number
  /** Whether it has changed since it was judged. */
  isTouched: boolean
  /** How many of the keys the past knows to be of one person. */
  joinedKeys: number
  /** The current sightings of each check. */
  sightings?: Map<Check, Sighting[]>
}

/** What is remembered of the forgotten facts of a group. Groups of other groupings have no past. */
export type PastOf<Name extends Grouping> = Name extends keyof PastByGrouping ? PastByGrouping[Name] : undefined

type PastByGrouping = { bid: PastBid; person: PastPerson; order: PastOrder; id: PastUse }

/** The text of a check that people read. */
export type CheckText = Pick<Finding, 'code' | 'severity' | 'title' | 'why' | 'cure'>

/**
 * Describes one mistake, and the code that finds it. A check that reads one event at a time has `ofEvent`. A check that
 * compares events has `groups`, with a function for each grouping that it needs.
 */
export type Check = CheckText & {
  /** Set if a later observation can remove a sighting. The terminal shows such a finding a few seconds later. */
  canBeTakenBack?: true
  /** What happens to the revenue of the orders in the sightings. Absent if the mistake costs no revenue of orders. */
  costs?: CostKind
  /** Set if `ofEvent` runs only for events in which no other check finds anything. */
  isFallback?: true
  /**
   * Set if `ofEvent` finds something only in calls with orders, with a list of several events, or with a delivery that
   * failed or has a reason.
   */
  needs?: 'orders' | 'lists' | 'reasons'
  /** Returns the sightings in one Segment call and its deliveries. */
  ofEvent?: (observation: EventObservation, isFallback: IsFallback) => Sighting[]
  groups?: { [Name in Grouping]?: Judge<Name> }
  /** Set if its `groups` show nothing without auctions, and without events that reached Topsort outside Segment. */
  needsAuctions?: true
}

/**
 * Returns the sightings in the facts of one group. It is called again after each change of the group. A sighting that
 * it no longer returns is removed. If old facts are forgotten, a judge may miss a sighting, but it never returns a
 * false one.
 */
export type Judge<Name extends Grouping = Grouping> = (group: GroupFacts<Name>, context: JudgeContext) => Sighting[]

/** The attribution windows of a marketplace, in milliseconds. */
export type AttributionWindows = {
  /** Returns the window of an interaction. Without its auction, its format is assumed from the event. */
  of: (interaction: Interaction) => number
  longest: number
}

/** Values that a judge may need in addition to the facts. */
export type JudgeContext = {
  /** Returns whether the group may have lost facts of these kinds. A judge that needs them returns nothing then. */
  mayHaveLost: (...kinds: Kind[]) => boolean
  windows: AttributionWindows
}

/**
 * Describes a mistake that shows only in many events together: a share that changes, ids that never meet. It keeps
 * sketches of a bounded size that merge, so that the parts of an archive give the result of one run.
 */
export type WholeCheck<Seen extends Sketch = Sketch> = CheckText & {
  /** What can happen to the revenue of orders because of the mistake. Absent if it costs no revenue of orders. */
  costs?: readonly CostKind[]
  /** Creates the sketches of no calls. All checks share the memory of clicks. */
  start(clicks: ClickMemory): Seen
  /**
   * Adds a Segment call that is no repeat, with its deliveries. Calls that no mapping takes have none.
   *
   * @param facts what several checks need of the call
   */
  observe(seen: Seen, observation: EventObservation, facts: CallFacts): void
  /** Returns what the calls so far show, or undefined if they show no mistake. */
  result(seen: Seen): WholeResult | undefined
}

/** What a `WholeCheck` has found. */
export type WholeResult = Pick<Finding, 'count' | 'samples' | 'sentence' | 'isCostSaid'> & {
  /** When the mistake was first and last seen, in milliseconds since 1970. */
  first: number
  last: number
  /** The costs by currency, the largest first. */
  costs: Cost[]
}
