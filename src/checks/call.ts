import type { EventObservation } from './observation'
import { readSentOrders, type SentOrder } from './orders/sent-orders'
import { readTime, type Times } from './read-facts'
import { type CallSource, sourceOf } from './source'
import { type Click, type ClickMemory, productOf } from './whole/click-memory'

/** What several checks need of a Segment call, read once. */
export type CallFacts = Times & {
  source: CallSource
  /** The clicks that Topsort accepted. */
  clicks: readonly SentClick[]
  /** The orders that Topsort accepted. Most calls have none. */
  orders: readonly CreditedOrder[]
}

/** A click that Topsort accepted. */
export type SentClick = ReturnType<typeof toSentClick>

/** An order, and the clicks that are known when it arrives. */
export type CreditedOrder = ReturnType<typeof toCreditedOrder>

const NONE: readonly never[] = []

/** Reads what the checks need of a call, and adds its clicks to the memory. */
export function readCall(observation: EventObservation, memory: ClickMemory): CallFacts {
  const { event, deliveries } = observation
  const { time, receivedAt, ownTime, ownReceivedAt } = readTime(observation)
  const source = sourceOf(event)
  const facts: CallFacts = { time, receivedAt, ownTime, ownReceivedAt, source, clicks: NONE, orders: NONE }
  for (const delivery of deliveries) {
    memory.link(delivery)
    if (!delivery.ok || !delivery.sent) continue
    const { clicks = NONE, purchases = NONE } = delivery.sent
    if (clicks.length > 0) facts.clicks = facts.clicks.concat(clicks.map((click) => toSentClick(click, facts, memory)))
    if (purchases.length === 0) continue
    const orders = readSentOrders(event, delivery, source, time)
    facts.orders = facts.orders.concat(orders.map((order) => toCreditedOrder(order, memory)))
  }
  return facts
}

function toSentClick(click: Click, { time, source }: Pick<CallFacts, 'time' | 'source'>, memory: ClickMemory) {
  const { opaqueUserId, resolvedBidId } = click
  /** The product that the click is about: its own, or that of the banner before it. */
  const product = productOf(click)
  const hasBid = resolvedBidId !== undefined
  /** Whether it is the first click of the user on the product, and the first one with a bid. */
  const { isNewPair, isFirstBid } = memory.add(opaqueUserId, product, time, hasBid, source)
  return { opaqueUserId, product, hasBid, isNewPair, isFirstBid }
}

function toCreditedOrder(order: SentOrder, memory: ClickMemory) {
  const { user, time, lines } = order
  return {
    ...order,
    /** Whether the user clicked on anything before. */
    hasEarlierClick: memory.hasEarlierClick(user, time),
    /** The click of the user on the product of each line. Undefined where there is none. */
    clicked: lines.map(({ productId }) => memory.find(user, productId, time))
  }
}
