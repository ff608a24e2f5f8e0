import { isObject } from '../../core'
import type { AdInteraction, AttributedLine, PersonTrace, Sandbox } from '../../sandbox'
import type { Story, StoryEvent, StoryOrder } from '../api'
import { readCurrency } from '../facts'
import { listEvents } from '../sent-events'
import { type Credits, sumRevenue, toCredit } from './credits'
import type { Entry, History } from './history'

/** The parts that stories are read from. */
export type StoryParts = { sandbox?: Sandbox; history: History; credits: Credits }

type Line = PersonTrace['lines'][number]

const KINDS = { impressions: 'impression', clicks: 'click' } as const

/** Reads the story of what was sent for an entry: of its order, or of its first ad or else its first view or click. */
export function readStory({ delivery }: Entry, parts: StoryParts): Story | undefined {
  const { sandbox } = parts
  if (!sandbox || !delivery?.ok) return undefined
  const sent = listEvents(delivery.sent)
  const { type, event } = sent.find((each) => each.event.resolvedBidId !== undefined) ?? sent.at(0) ?? {}
  if (!event || typeof event.id !== 'string' || typeof event.opaqueUserId !== 'string') return undefined
  const trace = sandbox.trace(event.opaqueUserId)
  if (type === 'purchases') return tellOrder(event.id, trace, parts)
  const kind = KINDS[type as keyof typeof KINDS] as AdInteraction['type'] | undefined
  const interaction = trace.interactions.find(({ id, type: each }) => each === kind && id === event.id)
  // Only Topsort knows the campaigns of ads on other sites.
  return interaction && !interaction.isOffsite ? tellInteraction(interaction, trace, parts) : undefined
}

/** Which orders to tell first, and how many. */
type OrderChoice = { first: ReadonlySet<string>; limit: number }

/** Reads the stories of the orders of a person, newest first, after those that are to be first. @param ids of the person */
export function readOrderStories(
  ids: readonly string[],
  { first, limit }: OrderChoice,
  parts: StoryParts & { sandbox: Sandbox }
): Story[] {
  const traces = new Map(ids.map((id) => parts.sandbox.trace(id)).map((trace) => [trace.ids[0], trace]))
  const orders = [...traces.values()].flatMap((trace) => {
    const times = new Map(trace.lines.map(({ purchaseId, orderedAt }) => [purchaseId, orderedAt]))
    return [...times].map(([id, at]) => ({ id, at, trace, isFirst: first.has(id) }))
  })
  return orders
    .sort((one, other) => Number(other.isFirst) - Number(one.isFirst) || other.at - one.at)
    .slice(0, limit)
    .flatMap(({ id, trace }) => tellOrder(id, trace, parts) ?? [])
}

function tellOrder(purchaseId: string, trace: PersonTrace, parts: StoryParts): Story | undefined {
  const lines = trace.lines.filter((line) => line.purchaseId === purchaseId)
  if (lines.length === 0) return undefined
  const order = toOrder(lines, trace, parts)
  const best = lines.reduce((one, line) => (isBetter(line, one) ? line : one))
  const credited = trace.interactions.find(({ id, type }) => id === best.credited?.id && type === best.credited.type)
  return {
    kind: 'order',
    event: order,
    about: best.productId,
    isSponsored: credited !== undefined,
    order,
    ...(credited && tellAd(credited, trace, parts)),
    ...(credited?.type === 'click' && { click: toEvent(credited, parts) })
  }
}

/** Lines with credit come first, then those with the larger revenue. */
function isBetter(line: AttributedLine, other: AttributedLine): boolean {
  if ((line.credited === null) !== (other.credited === null)) return line.credited !== null
  return line.revenue > other.revenue
}

function tellInteraction(interaction: AdInteraction, trace: PersonTrace, parts: StoryParts): Story {
  const { type, id, resolvedBidId, productIds, winnerProductId } = interaction
  const about = productIds.at(0) ?? winnerProductId
  const isAbout = (line: Line): boolean =>
    line.credited ? line.credited.type === type && line.credited.id === id : isRelated(line, interaction)
  const own = trace.lines.find(isAbout)
  const order = own && trace.lines.filter(({ purchaseId }) => purchaseId === own.purchaseId)
  const click =
    type === 'impression' && resolvedBidId !== undefined
      ? trace.interactions.find(
          (other) =>
            other.type === 'click' &&
            other.resolvedBidId === resolvedBidId &&
            other.occurredAt >= interaction.occurredAt
        )
      : undefined
  return {
    kind: type,
    event: toEvent(interaction, parts),
    ...(about !== undefined && { about }),
    isSponsored: resolvedBidId !== undefined,
    ...(resolvedBidId === undefined ? tellLostBid(interaction, trace, parts) : tellAd(interaction, trace, parts)),
    ...(click && { click: toEvent(click, parts) }),
    ...(order && { order: toOrder(order, trace, parts) })
  }
}

function isRelated({ related }: Line, { type, id }: AdInteraction): boolean {
  return related?.type === type && related.id === id
}

/** Returns the auction of an ad, and the latest view of it before a click. */
function tellAd(interaction: AdInteraction, { interactions }: PersonTrace, parts: StoryParts): Partial<Story> {
  const { resolvedBidId = '', type, occurredAt } = interaction
  const bid = parts.sandbox?.findBid(resolvedBidId)
  const view = interactions
    .filter(
      (other) => other.type === 'impression' && other.resolvedBidId === resolvedBidId && other.occurredAt <= occurredAt
    )
    .at(-1)
  return {
    ...(bid && { auction: toAuction(bid) }),
    ...(view && (type === 'click' || view.id !== interaction.id) && { view: toEvent(view, parts) })
  }
}

/** Returns the latest ad for the product of an organic view or click that the same person saw or clicked. */
function tellLostBid({ productIds, occurredAt }: AdInteraction, trace: PersonTrace, parts: StoryParts): Partial<Story> {
  const ad = trace.interactions
    .filter(
      (other) =>
        other.resolvedBidId !== undefined &&
        other.occurredAt <= occurredAt &&
        other.productIds.some((id) => productIds.includes(id))
    )
    .at(-1)
  const bid = ad && parts.sandbox?.findBid(ad.resolvedBidId ?? '')
  return bid ? { auction: toAuction(bid), ...(ad.type === 'impression' && { view: toEvent(ad, parts) }) } : {}
}

function toAuction({ auctionedAt, format, id, opaqueUserId }: NonNullable<ReturnType<Sandbox['findBid']>>) {
  return { at: new Date(auctionedAt).toISOString(), format, winner: id, user: opaqueUserId }
}

function toOrder(lines: Line[], trace: PersonTrace, parts: StoryParts): StoryOrder {
  const [{ purchaseId, opaqueUserId, orderedAt }] = lines
  const { credited, lost } = toCredit(lines)
  return {
    ...toEvent({ type: 'order', id: purchaseId, opaqueUserId, occurredAt: orderedAt }, parts),
    currency: currencyOf(purchaseId, parts),
    revenue: sumRevenue(lines),
    credited,
    lines: lines.length,
    reason: lines.find((line) => line.credited !== null)?.reason,
    lost: lost && tellLost(lost, trace, parts)
  }
}

function tellLost(line: AttributedLine, trace: PersonTrace, parts: StoryParts): StoryOrder['lost'] {
  const { revenue, productId, code, reason } = line
  return code && { revenue, productId, code, reason, event: findRelated(line, trace, parts) }
}

/** Finds the event that the reason of a line is about. It may be another person's. */
function findRelated({ related }: AttributedLine, trace: PersonTrace, parts: StoryParts): StoryEvent | undefined {
  if (!related) return undefined
  const known = trace.interactions.find(({ type, id }) => type === related.type && id === related.id)
  if (known) return toEvent(known, parts)
  const entry = findEntry(related.id, related.type, parts)
  const user = entry?.label?.anonymousId ?? entry?.label?.userId ?? ''
  return entry && { at: entry.receivedAt, id: related.id, user, sequence: entry.sequence }
}

type Occurrence = Pick<AdInteraction, 'id' | 'opaqueUserId' | 'occurredAt'> & { type: string }

function toEvent({ type, id, opaqueUserId, occurredAt }: Occurrence, parts: StoryParts): StoryEvent {
  const sequence = findEntry(id, type, parts)?.sequence
  return { at: new Date(occurredAt).toISOString(), id, user: opaqueUserId, sequence }
}

/** Returns the currency of an order. Only the Segment call has it. */
export function currencyOf(purchaseId: string, parts: StoryParts): string | undefined {
  return readCurrency(findEntry(purchaseId, 'order', parts)?.call)
}

const LISTS: Partial<Record<string, string>> = { impression: 'impressions', click: 'clicks', order: 'purchases' }

/** Finds the entry that sent an event, if it came through Segment and is still kept. An event of a list has the id of the call and its index. */
export function findEntry(id: string, type: string, { history, credits }: StoryParts): Entry | undefined {
  const messageId = (type === 'order' ? credits.eventOf(id) : undefined) ?? id
  const entries = [...history.findByMessage(messageId), ...history.findByMessage(messageId.replace(/-\d+$/, ''))]
  const list = LISTS[type] ?? ''
  return entries.find(({ delivery }) => isObject(delivery?.sent) && Array.isArray(delivery.sent[list]))
}
