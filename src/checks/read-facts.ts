import type { IdUse, Interaction, Purchase, Reported, SentEvent, UserLinkFact, Win } from './model'
import type { AuctionObservation, EventObservation, LinkObservation, WireEvents } from './observation'
import { toRevenue } from './money'
import {
  digest,
  type Properties,
  readEntityId,
  readOrderId,
  readProductIds,
  readProducts,
  readText,
  shortenId
} from './properties'
import { toMilliseconds } from './times'
import { sourceOf } from './source'

/** Returns the ids of the person who made a Segment call, the anonymous id first. */
export function readCallerIds({ event }: EventObservation): string[] {
  const anonymousId = readText(event.anonymousId)
  const userId = readText(event.userId)
  const ids: string[] = []
  if (anonymousId !== undefined) ids.push(shortenId(anonymousId))
  if (userId !== undefined) ids.push(shortenId(userId))
  return ids
}

/** When a Segment call happened and when it arrived, in milliseconds since 1970. */
export type Times = {
  /** An invalid or future time is the time of receipt. */
  time: number
  receivedAt: number
  /** The times that the call itself names. NaN if invalid. */
  ownTime: number
  ownReceivedAt: number
}

/** Returns when a Segment call happened and when it arrived. */
export function readTime({ event }: Pick<EventObservation, 'event'>): Times {
  if (event === latest.event) return latest.times
  const times = parseTimes(event)
  latest = { event, times }
  return times
}

/** Several checks read the times of the same call, one after the other. */
let latest: { event?: EventObservation['event']; times: Times } = {
  times: { time: 0, receivedAt: 0, ownTime: 0, ownReceivedAt: 0 }
}

function parseTimes(event: EventObservation['event']): Times {
  const ownTime = toMilliseconds(event.timestamp) ?? NaN
  const ownReceivedAt = toMilliseconds(event.receivedAt) ?? NaN
  const receivedAt = Number.isNaN(ownReceivedAt) ? ownTime || 0 : ownReceivedAt
  return { time: ownTime < receivedAt ? ownTime : receivedAt, receivedAt, ownTime, ownReceivedAt }
}

/**
 * Returns the use of the call's own message id.
 *
 * @param time when the call happened, in milliseconds since 1970
 * @param caller the ids of the person who made the call
 */
export function toCallIdUse(observation: EventObservation, time: number, caller: readonly string[]): IdUse {
  const { type, event, name, properties = {} } = observation.event
  const messageId = shortenId(observation.event.messageId)
  const orderId = readOrderId(properties)
  const [product] = readProductIds(properties)
  const bid = readText(properties.resolvedBidId)
  const count = readProducts(properties).length
  return {
    kind: 'idUse',
    key: messageId,
    time,
    messageId,
    user: caller.at(0),
    product: product && shortenId(product),
    bid: bid && shortenId(bid),
    content: [type, event, name, orderId, product, bid, count, ...caller].join('\n'),
    isTimeless: orderId !== undefined,
    groups: []
  }
}

/**
 * Returns the events that Topsort accepted for a Segment call. Failed events are not billed, so they are omitted.
 *
 * @param onlyFirstViews whether to omit all organic impressions of a list but the first one of each user
 */
export function toReports(observation: EventObservation, onlyFirstViews = false): SentEvent[] {
  const { event, deliveries } = observation
  const { receivedAt } = readTime(observation)
  const messageId = shortenId(event.messageId)
  const reports: SentEvent[] = []
  for (const { ok, mapping, sent } of deliveries) {
    if (!ok || !sent) continue
    // An update of the library in between does not make it another side.
    const sdk = sent.purchases ? sourceOf(event).sdk.split(' ')[0] : ''
    const source = { path: 'segment', mapping, messageId, receivedAt, sdk } as const
    addReports(reports, onlyFirstViews ? pickFirstViews(sent) : sent, source, event.properties, event.event)
  }
  return reports
}

/** Omits organic impressions but the first one of each user. */
function pickFirstViews(sent: WireEvents): WireEvents {
  if (!sent.impressions || sent.impressions.length < 2) return sent
  const seen: string[] = []
  const impressions = sent.impressions.filter(({ resolvedBidId, opaqueUserId }) => {
    if (resolvedBidId) return true
    const isFirst = !seen.includes(opaqueUserId)
    if (isFirst) seen.push(opaqueUserId)
    return isFirst
  })
  return { ...sent, impressions }
}

/** Returns the events of a request that reached Topsort without Segment. */
export function toDirectReports(sent: WireEvents, received: string): SentEvent[] {
  const receivedAt = toMilliseconds(received) ?? Infinity
  const reports: SentEvent[] = []
  addReports(reports, sent, { path: 'direct', mapping: '', messageId: '', receivedAt, sdk: '' })
  return reports.map((report) => ({ ...report, messageId: report.id }))
}

/** Returns the use of the id of an event that was sent to Topsort. */
export function toIdUse(report: SentEvent): IdUse {
  const isPurchase = report.kind === 'purchase'
  const said = isPurchase ? toPurchaseContent(report) : [report.user, report.bid, ...report.products]
  return {
    kind: 'idUse',
    key: report.key,
    time: report.time,
    messageId: report.messageId,
    user: report.user,
    product: report.products.at(0),
    bid: isPurchase ? undefined : report.bid,
    content: said.join('\n'),
    isTimeless: isPurchase,
    groups: []
  }
}

/** Browser and server may report one order with different users, and with or without taxes. */
function toPurchaseContent({ user, basket, orderId, goods }: Purchase): string[] {
  return orderId === undefined ? [user, basket] : ['order', orderId, goods]
}

/** Returns the winners of an auction. Their shared `auction` has none of them yet. */
export function toWins({ time, opaqueUserId, winners }: AuctionObservation): Win[] {
  const user = opaqueUserId && shortenId(opaqueUserId)
  const auction: Win['auction'] = { wins: [], reported: new Set() }
  return winners.map(({ resolvedBidId, type, id, vendorId, format, isFallback }) => {
    const bid = shortenId(resolvedBidId)
    return {
      kind: 'win',
      key: bid,
      time,
      groups: [],
      bid,
      user,
      type,
      product: shortenId(id),
      vendorId: vendorId && shortenId(vendorId),
      format,
      ...(isFallback && { isFallback }),
      auction
    }
  })
}

/** Returns the link between two ids. It has no time. */
export function toLink({ from, to }: LinkObservation): UserLinkFact {
  return { kind: 'link', key: `${from}\n${to}`, time: 0, groups: [], from: shortenId(from), to: shortenId(to) }
}

type Source = Pick<Reported, 'path' | 'mapping' | 'messageId' | 'receivedAt'> & Pick<Purchase, 'sdk'>

function addReports(
  reports: SentEvent[],
  { impressions = [], clicks = [], purchases = [] }: WireEvents,
  source: Source,
  properties: Properties = {},
  name = ''
): void {
  for (const wire of impressions) {
    reports.push(toInteraction('impression', wire, source, findProperties(wire.id, source, properties), name))
  }
  for (const wire of clicks) {
    reports.push(toInteraction('click', wire, source, findProperties(wire.id, source, properties), name))
  }
  for (const wire of purchases) reports.push(toPurchase(wire, source, properties))
}

/** Finds the product of an impression in a list by its id, `<messageId>-<index>`. */
function findProperties(id: string, { messageId }: Source, properties: Properties): Properties {
  if (id.length <= messageId.length || !id.startsWith(`${messageId}-`)) return properties
  const index = Number(id.slice(messageId.length + 1))
  return (Number.isInteger(index) ? readProducts(properties).at(index) : undefined) ?? properties
}

/** Returns when an event happened, in milliseconds since 1970. */
function readOccurredAt(occurredAt: string, receivedAt: number): number {
  const time = toMilliseconds(occurredAt) ?? (Number.isFinite(receivedAt) ? receivedAt : 0)
  return Math.min(time, receivedAt)
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
  const { path, mapping, messageId, receivedAt } = source
  const id = shortenId(wire.id)
  return {
    key: `${id}\n${mapping}\n${messageId}`,
    time: readOccurredAt(wire.occurredAt, receivedAt),
    groups: [],
    id,
    messageId,
    path,
    mapping,
    receivedAt,
    user: shortenId(wire.opaqueUserId),
    kind,
    name,
    bid: wire.resolvedBidId && shortenId(wire.resolvedBidId),
    products: readInteractionProducts(properties, wire.entity?.id),
    position: wire.placement?.position,
    isFollowUp: wire.additionalAttribution !== undefined,
    isBanner: wire.object?.type === 'banner' || BANNER_NAME.test(name)
  }
}

/** Returns all ids that may be the product's, each once. */
function readInteractionProducts(properties: Properties, sentId: string | undefined): string[] {
  const ids = readProductIds(properties)
  const entity = readEntityId(properties.entity)
  if (entity !== undefined) ids.push(entity)
  if (sentId !== undefined) ids.push(sentId)
  // A list that was pushed to reserves memory for many more. The new one stays as long as the window.
  return ids.filter((id, index) => ids.indexOf(id) === index).map(shortenId)
}

/** A huge order keeps only the ids of its first lines. The limit bounds the memory of the window. */
const MAX_KEPT_LINES = 100

function toPurchase(
  wire: NonNullable<WireEvents['purchases']>[number],
  source: Source,
  properties: Properties
): Purchase {
  const { path, mapping, messageId, receivedAt, sdk } = source
  const id = shortenId(wire.id)
  const orderId = readOrderId(properties)
  const lines = wire.items.map(({ productId, unitPrice, quantity = 1 }) => `${productId}\n${unitPrice}\n${quantity}`)
  const kept = wire.items.slice(0, MAX_KEPT_LINES)
  const goods = wire.items.map(({ productId, quantity = 1 }) => `${productId}\n${quantity}`)
  return {
    key: `${id}\n${mapping}\n${messageId}`,
    time: readOccurredAt(wire.occurredAt, receivedAt),
    groups: [],
    id,
    messageId,
    path,
    mapping,
    receivedAt,
    user: shortenId(wire.opaqueUserId),
    kind: 'purchase',
    orderId: orderId && shortenId(orderId),
    products: kept.map(({ productId }) => shortenId(productId)),
    vendors: kept.map(({ vendorId = '' }) => shortenId(vendorId)),
    amounts: kept.map((line) => toRevenue([line], properties).amount),
    basket: digest(lines.sort().join('\n\n')),
    goods: digest(goods.sort().join('\n\n')),
    sdk,
    brands: findBrandsSentAsVendors(wire.items, readProducts(properties)),
    revenue: toRevenue(wire.items, properties)
  }
}

function findBrandsSentAsVendors(items: readonly { vendorId?: string }[], lines: Properties[]): string[] {
  const vendors = new Set(lines.flatMap((line) => readText(line.vendorId) ?? readText(line.vendor_id) ?? []))
  const brands = new Set(lines.flatMap((line) => readText(line.brand) ?? []))
  const sent = new Set(items.flatMap(({ vendorId }) => vendorId ?? []))
  return [...sent]
    .filter((vendor) => brands.has(vendor) && !vendors.has(vendor))
    .slice(0, MAX_KEPT_LINES)
    .map(shortenId)
}
