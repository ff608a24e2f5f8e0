import { hashId } from '../core'
import type { EventObservation, WireEvents, Winner } from './observation'
import type { Group } from './group'
import { readEntityId, readOrderId, readProductIds, readProducts, toText } from './properties'
import type { Properties } from './properties'
import { toMilliseconds } from './times'

/** Anything that a group can contain. */
export type Fact = Interaction | Purchase | Win | Link | IdUse

/** The type of each kind of fact. */
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
  /** Sorts facts of the same time, so that the order of arrival does not matter. */
  key: string
  /** When it happened, in milliseconds since 1970. Never later than it was received. */
  time: number
  /** The groups that contain it. */
  groups: readonly Group[]
}

/** An event that Topsort accepted. */
type Reported = FactBase & {
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
  /** The vendors of this order that come from the `brand` of a line. */
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

/** An auction, shared by its winners. */
export type Auction = {
  wins: Win[]
  /** Has `impression` if an impression has one of its bids, and `click` if a click has one. */
  reported: Set<Interaction['kind']>
}

/** Two ids that Topsort treats as one user. */
export type Link = FactBase & { kind: 'link'; from: string; to: string }

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

/**
 * The longest id that is kept whole. Real bids have about 240 characters. The limit bounds the memory of the window.
 */
const MAX_ID_LENGTH = 512

/** Shortens a very long id. Different ids stay different. */
export function toKeptId(id: string): string {
  return id.length > MAX_ID_LENGTH ? `${id.slice(0, 200)}…${digest(id)}` : id
}

/** Returns a short text that is different for different texts. */
function digest(text: string): string {
  const { low, high } = hashId(text)
  return high.toString(36) + low.toString(36)
}

/** Returns the ids of the person who made a Segment call, the anonymous id first. */
export function readCallerIds({ event }: EventObservation): string[] {
  const anonymousId = toText(event.anonymousId)
  const userId = toText(event.userId)
  const ids: string[] = []
  if (anonymousId !== undefined) ids.push(toKeptId(anonymousId))
  if (userId !== undefined) ids.push(toKeptId(userId))
  return ids
}

/** Returns when a Segment call happened and when it arrived. An invalid or future time becomes the time of receipt. */
export function readTime({ event }: EventObservation): { time: number; receivedAt: number } {
  const time = toMilliseconds(event.timestamp)
  const receivedAt = toMilliseconds(event.receivedAt) ?? time ?? 0
  return { time: Math.min(time ?? receivedAt, receivedAt), receivedAt }
}

/**
 * Returns the use of the call's own message id.
 *
 * @param time when the call happened, in milliseconds since 1970
 * @param caller the ids of the person who made the call
 */
export function toCallIdUse(observation: EventObservation, time: number, caller: readonly string[]): IdUse {
  const { type, event, name, properties = {} } = observation.event
  const messageId = toKeptId(observation.event.messageId)
  const orderId = readOrderId(properties)
  const [product] = readProductIds(properties)
  const bid = toText(properties.resolvedBidId)
  const said = [type, event, name, orderId, product, bid, readProducts(properties).length, ...caller]
  return {
    kind: 'idUse',
    key: messageId,
    time,
    messageId,
    user: caller.at(0),
    product: product && toKeptId(product),
    bid: bid && toKeptId(bid),
    content: digest(said.join('\n')),
    isTimeless: orderId !== undefined,
    groups: []
  }
}

/**
 * Returns the events that Topsort accepted for a Segment call. Failed events are not billed, so they are omitted.
 *
 * @param onlyFirstViews whether to omit all organic impressions of a list but the first one of each user
 */
export function toReports(observation: EventObservation, onlyFirstViews = false): (Interaction | Purchase)[] {
  const { event, deliveries } = observation
  const { receivedAt } = readTime(observation)
  const messageId = toKeptId(event.messageId)
  return deliveries.flatMap(({ ok, mapping, sent }) => {
    if (!ok || !sent) return []
    const source = { path: 'segment', mapping, messageId, receivedAt } as const
    return readWireEvents(onlyFirstViews ? pickFirstViews(sent) : sent, source, event.properties, event.event)
  })
}

/** Omits organic impressions but the first one of each user. */
function pickFirstViews({ impressions = [], clicks, purchases }: WireEvents): WireEvents {
  const seen = new Set<string>()
  const first = impressions.filter(({ resolvedBidId, opaqueUserId }) => {
    if (resolvedBidId) return true
    const isFirst = !seen.has(opaqueUserId)
    seen.add(opaqueUserId)
    return isFirst
  })
  return { impressions: first, clicks, purchases }
}

/** Returns the events of a request that reached Topsort without Segment. */
export function toDirectReports(sent: WireEvents, received: string): (Interaction | Purchase)[] {
  const receivedAt = toMilliseconds(received) ?? Infinity
  const reports = readWireEvents(sent, { path: 'direct', mapping: '', messageId: '', receivedAt })
  return reports.map((report) => ({ ...report, messageId: report.id }))
}

/** Returns the use of the id of an event that was sent to Topsort. */
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
    isTimeless: isPurchase,
    groups: []
  }
}

type Source = Pick<Reported, 'path' | 'mapping' | 'messageId' | 'receivedAt'>

function readWireEvents(
  { impressions = [], clicks = [], purchases = [] }: WireEvents,
  source: Source,
  properties: Properties = {},
  name = ''
): (Interaction | Purchase)[] {
  const lines = readProducts(properties)
  const prefix = `${source.messageId}-`
  return [
    ...impressions.map((wire) => toInteraction('impression', wire, source, findProperties(wire.id), name)),
    ...clicks.map((wire) => toInteraction('click', wire, source, findProperties(wire.id), name)),
    ...purchases.map((wire) => toPurchase(wire, source, properties))
  ]

  /** Finds the product of an impression in a list by its id, `<messageId>-<index>`. */
  function findProperties(id: string): Properties {
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
  return { key: `${id}\n${mapping}\n${messageId}`, time, groups: [], id, messageId, path, mapping, receivedAt, user }
}

const BANNER_NAME = /banner|promotion/i

/** Each key is listed, because spreading an object into a larger one takes several times as long. */
function toInteraction(
  kind: Interaction['kind'],
  wire: NonNullable<WireEvents['clicks']>[number],
  source: Source,
  properties: Properties,
  name: string
): Interaction {
  const { key, time, groups, id, messageId, path, mapping, receivedAt, user } = toReported(wire, source)
  return {
    key,
    time,
    groups,
    id,
    messageId,
    path,
    mapping,
    receivedAt,
    user,
    kind,
    name,
    bid: wire.resolvedBidId && toKeptId(wire.resolvedBidId),
    products: readInteractionProducts(properties, wire.entity?.id),
    position: wire.placement?.position,
    isFollowUp: wire.additionalAttribution !== undefined,
    isBanner: wire.object?.type === 'banner' || BANNER_NAME.test(name)
  }
}

/** Returns all ids that may be the product's, each once. */
function readInteractionProducts(properties: Properties, sentId: string | undefined): string[] {
  const products: string[] = []
  for (const id of [...readProductIds(properties), readEntityId(properties.entity), sentId]) {
    if (id === undefined) continue
    const kept = toKeptId(id)
    if (!products.includes(kept)) products.push(kept)
  }
  // A list that was pushed to reserves memory for many more. This one stays as long as the window.
  return [...products]
}

/** A huge order keeps only the ids of its first lines. The limit bounds the memory of the window. */
const MAX_KEPT_LINES = 100

function toPurchase(
  wire: NonNullable<WireEvents['purchases']>[number],
  source: Source,
  properties: Properties
): Purchase {
  const orderId = readOrderId(properties)
  const lines = wire.items.map(({ productId, unitPrice, quantity = 1 }) => `${productId}\n${unitPrice}\n${quantity}`)
  return {
    ...toReported(wire, source),
    kind: 'purchase',
    orderId: orderId && toKeptId(orderId),
    products: wire.items.slice(0, MAX_KEPT_LINES).map(({ productId }) => toKeptId(productId)),
    basket: digest(lines.sort().join('\n\n')),
    brands: findBrandsSentAsVendors(wire.items, readProducts(properties))
  }
}

function findBrandsSentAsVendors(items: readonly { vendorId?: string }[], lines: Properties[]): string[] {
  const vendors = new Set(lines.flatMap((line) => toText(line.vendorId) ?? toText(line.vendor_id) ?? []))
  const brands = new Set(lines.flatMap((line) => toText(line.brand) ?? []))
  const sent = new Set(items.flatMap(({ vendorId }) => vendorId ?? []))
  return [...sent]
    .filter((vendor) => brands.has(vendor) && !vendors.has(vendor))
    .slice(0, MAX_KEPT_LINES)
    .map(toKeptId)
}
