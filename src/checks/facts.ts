import { digest } from './hash'
import type { EventObservation, WireEvents, Winner } from './observation'
import { entityId, orderIdOf, productIdsOf, productsOf, toText } from './properties'
import type { Properties } from './properties'
import { toMilliseconds } from './times'

/** Everything that groups are made of. */
export type Fact = Interaction | Purchase | Win | Link | IdUse

/** What each kind of fact is. */
export type FactByKind = {
  impression: Interaction
  click: Interaction
  purchase: Purchase
  win: Win
  link: Link
  idUse: IdUse
}

export type Kind = keyof FactByKind

type FactBase = {
  /** Orders facts of the same time, so that the order of arrival does not. */
  key: string
  /** When it happened, in milliseconds since 1970. Never later than it was received. */
  time: number
}

/** What an event has that Topsort accepted. */
type Reported = FactBase & {
  /** The event id that was sent. */
  id: string
  messageId: string
  path: 'segment' | 'direct'
  /** The mapping that sent it; empty for a direct event. */
  mapping: string
  receivedAt: number
  /** The `opaqueUserId` that was sent. */
  user: string
}

/** An impression or a click. */
export type Interaction = Reported & {
  kind: 'impression' | 'click'
  /** The name of the Segment event; empty for a direct event. */
  name: string
  bid?: string
  /** All ids that may be the product's. */
  products: readonly string[]
  position?: number
  /** Whether it has `additionalAttribution`, as the click after a banner has. */
  isFollowUp: boolean
  /** Whether its own name or object says that it is about a banner. */
  isBanner: boolean
  /** The auction's winner with the same bid, once it is known. */
  win?: Win
}

export type Purchase = Reported & {
  kind: 'purchase'
  orderId?: string
  products: readonly string[]
  /** The same for orders with the same lines. */
  basket: string
  /** Vendors of this order that were taken from the brand of a line. */
  brands: readonly string[]
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
  auction: Auction
}

/** What the winners of one auction share. */
export type Auction = {
  wins: Win[]
  /** Whether any of its bids was in an impression or in a click. */
  reported: Set<Interaction['kind']>
}

/** Two ids that Topsort treats as one user. */
export type Link = FactBase & { kind: 'link'; from: string; to: string }

/** The use of an id that should be unique. */
export type IdUse = FactBase & {
  kind: 'idUse'
  messageId: string
  user?: string
  product?: string
  bid?: string
  /** The same for events that say the same. */
  content: string
  /** Whether the same content at another time is the same event, as an order is. */
  isTimeless: boolean
}

/** Ids longer than this are cut, because each is kept for as long as the window lasts. Real bids have about 240. */
const MAX_ID_LENGTH = 512

/** Shortens an id that is too long to keep. Different ids stay different. */
export function toKeptId(id: string): string {
  return id.length > MAX_ID_LENGTH ? `${id.slice(0, 200)}…${digest(id)}` : id
}

/** The ids of the person who made a Segment call. */
export function callerOf({ event }: EventObservation): string[] {
  return [event.anonymousId, event.userId].flatMap((id) => toText(id) ?? []).map(toKeptId)
}

/** When a Segment call happened. An invalid time gives way to the time of receipt, and so does one in the future. */
export function timeOf({ event }: EventObservation): { time: number; receivedAt: number } {
  const time = toMilliseconds(event.timestamp)
  const receivedAt = toMilliseconds(event.receivedAt) ?? time ?? 0
  return { time: Math.min(time ?? receivedAt, receivedAt), receivedAt }
}

/** Returns the use of the call's own message id. */
export function toCallIdUse(observation: EventObservation): IdUse {
  const { type, event, name, properties = {} } = observation.event
  const messageId = toKeptId(observation.event.messageId)
  const orderId = orderIdOf(properties)
  const [product] = productIdsOf(properties)
  const bid = toText(properties.resolvedBidId)
  const said = [type, event, name, orderId, product, bid, productsOf(properties).length, ...callerOf(observation)]
  return {
    kind: 'idUse',
    key: messageId,
    time: timeOf(observation).time,
    messageId,
    user: callerOf(observation).at(0),
    product: product && toKeptId(product),
    bid: bid && toKeptId(bid),
    content: digest(said.join('\n')),
    isTimeless: orderId !== undefined
  }
}

/** Returns what Topsort accepted for a Segment call. Events that failed are not billed, so they are left out. */
export function toReports(observation: EventObservation): (Interaction | Purchase)[] {
  const { event, deliveries } = observation
  const { receivedAt } = timeOf(observation)
  return deliveries.flatMap(({ ok, mapping, sent }) => {
    if (!ok || !sent) return []
    const source = { path: 'segment', mapping, messageId: toKeptId(event.messageId), receivedAt } as const
    return wireReports(sent, source, event.properties, event.event ?? '')
  })
}

/** Returns the events that reached Topsort without Segment. */
export function toDirectReports(sent: WireEvents, received: string): (Interaction | Purchase)[] {
  const receivedAt = toMilliseconds(received) ?? Infinity
  return wireReports(sent, { path: 'direct', mapping: '', messageId: '', receivedAt }, {}, '').map((report) => ({
    ...report,
    messageId: report.id
  }))
}

/** Returns the use of an event's id. */
export function toIdUse(report: Interaction | Purchase): IdUse {
  const isPurchase = report.kind === 'purchase'
  const said = isPurchase ? [report.basket] : [report.bid, ...report.products]
  return {
    kind: 'idUse',
    key: report.key,
    time: report.time,
    messageId: report.messageId,
    user: report.user,
    product: report.products.at(0),
    bid: isPurchase ? undefined : report.bid,
    content: [report.user, ...said].join('\n'),
    isTimeless: isPurchase
  }
}

type Source = Pick<Reported, 'path' | 'mapping' | 'messageId' | 'receivedAt'>

function wireReports(
  { impressions = [], clicks = [], purchases = [] }: WireEvents,
  source: Source,
  properties: Properties = {},
  name: string
): (Interaction | Purchase)[] {
  const lines = productsOf(properties)
  return [
    ...impressions.map((wire) => toInteraction('impression', wire, source, described(wire.id), name)),
    ...clicks.map((wire) => toInteraction('click', wire, source, described(wire.id), name)),
    ...purchases.map((wire) => toPurchase(wire, source, properties))
  ]

  /** The impressions of a list have the ids `<messageId>-<index>`. */
  function described(id: string): Properties {
    const prefix = `${source.messageId}-`
    const index = id.startsWith(prefix) ? Number(id.slice(prefix.length)) : NaN
    return (Number.isInteger(index) ? lines.at(index) : undefined) ?? properties
  }
}

function toReported(wire: { id: string; occurredAt: string; opaqueUserId: string }, source: Source): Reported {
  const { path, mapping, messageId, receivedAt } = source
  const id = toKeptId(wire.id)
  const occurredAt = toMilliseconds(wire.occurredAt) ?? (Number.isFinite(receivedAt) ? receivedAt : 0)
  const time = Math.min(occurredAt, receivedAt)
  const user = toKeptId(wire.opaqueUserId)
  return { key: `${id}\n${mapping}\n${messageId}`, time, id, messageId, path, mapping, receivedAt, user }
}

const BANNER_NAME = /banner|promotion/i

function toInteraction(
  kind: Interaction['kind'],
  wire: NonNullable<WireEvents['clicks']>[number],
  source: Source,
  properties: Properties,
  name: string
): Interaction {
  const ids = [...productIdsOf(properties), entityId(properties.entity), wire.entity?.id]
  return {
    ...toReported(wire, source),
    kind,
    name,
    bid: wire.resolvedBidId && toKeptId(wire.resolvedBidId),
    products: [...new Set(ids.flatMap((id) => id ?? []).map(toKeptId))],
    position: wire.placement?.position,
    isFollowUp: wire.additionalAttribution !== undefined,
    isBanner: wire.object?.type === 'banner' || BANNER_NAME.test(name)
  }
}

/** An order's ids are kept for as long as the window lasts, so a huge order keeps those of its first lines. */
const MAX_KEPT_LINES = 100

function toPurchase(
  wire: NonNullable<WireEvents['purchases']>[number],
  source: Source,
  properties: Properties
): Purchase {
  const orderId = orderIdOf(properties)
  const lines = wire.items.map(({ productId, unitPrice, quantity = 1 }) => `${productId}\n${unitPrice}\n${quantity}`)
  return {
    ...toReported(wire, source),
    kind: 'purchase',
    orderId: orderId && toKeptId(orderId),
    products: wire.items.slice(0, MAX_KEPT_LINES).map(({ productId }) => toKeptId(productId)),
    basket: digest(lines.sort().join('\n\n')),
    brands: brandsSentAsVendors(wire.items, productsOf(properties))
  }
}

function brandsSentAsVendors(items: readonly { vendorId?: string }[], lines: Properties[]): string[] {
  const vendors = new Set(lines.flatMap((line) => toText(line.vendorId) ?? toText(line.vendor_id) ?? []))
  const brands = new Set(lines.flatMap((line) => toText(line.brand) ?? []))
  const sent = new Set(items.flatMap(({ vendorId }) => vendorId ?? []))
  return [...sent]
    .filter((vendor) => brands.has(vendor) && !vendors.has(vendor))
    .slice(0, MAX_KEPT_LINES)
    .map(toKeptId)
}
