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
export type SentClick = Pick<Click, 'opaqueUserId'> & {
  /** The product that the click is about: its own, or that of the banner before it. */
  product?: string
  hasBid: boolean
  /** Whether it is the first click of the user on the product, and the first one with a bid. */
  isNewPair: boolean
  isFirstBid: boolean
}

/** An order, and the clicks that are known when it arrives. */
export type CreditedOrder = SentOrder & {
  /** Whether the user clicked on anything before. */
  hasEarlierClick: boolean
  /** The click of the user on the product of each line. Undefined where there is none. */
  clicked: readonly ReturnType<ClickMemory['find']>[]
}

/** Reads what the checks need of a call, and adds its clicks to the memory. */
export function readCall(observation: EventObservation, memory: ClickMemory): CallFacts {
  const { event, deliveries } = observation
  const times = readTime(observation)
  const source = sourceOf(event)
  const clicks: SentClick[] = []
  const orders: CreditedOrder[] = []
  for (const delivery of deliveries) {
    memory.link(delivery)
    if (!delivery.ok || !delivery.sent) continue
    for (const click of delivery.sent.clicks ?? []) {
      const { opaqueUserId, resolvedBidId } = click
      const product = productOf(click)
      const hasBid = resolvedBidId !== undefined
      const added = memory.add(opaqueUserId, product, times.time, hasBid, source)
      clicks.push({ opaqueUserId, product, hasBid, ...added })
    }
    for (const order of readSentOrders(event, delivery, source, times.time)) {
      const { user, time, lines } = order
      orders.push({
        ...order,
        hasEarlierClick: memory.hasEarlierClick(user, time),
        clicked: lines.map(({ productId }) => memory.find(user, productId, time))
      })
    }
  }
  return { ...times, source, clicks, orders }
}
