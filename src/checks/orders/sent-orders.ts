import type { Money, Sample, Sighting } from '../finding'
import { shortenId } from '../ids'
import type { EventObservation, MappingDelivery } from '../observation'
import { UNUSABLE } from '../mistakes/unusable-line'
import { toRevenue, type SentLine } from '../order-revenue'
import { readOrderId, type Properties } from '../properties'
import { findReasons } from '../reasons'
import { type CallSource, libraryOf } from '../source'

/** An order that Topsort accepted. */
export type SentOrder = {
  source: string
  /** The `opaqueUserId` that was sent. */
  user: string
  /** The ISO 4217 code of its currency. Empty if the order names none, or anything else. */
  currency: string
  properties: Properties
  lines: readonly SentLine[]
  /** Whether all lines of the order were sent, except gifts, discounts and returns. */
  isWhole: boolean
  revenue: Money
  time: number
  sample: Sample
}

/** Returns the orders that Topsort accepted in a delivery of a call. Most deliveries have none. */
export function readSentOrders(
  event: EventObservation['event'],
  { sent, reason }: MappingDelivery,
  { source }: CallSource,
  time: number
): SentOrder[] {
  const { properties = {}, messageId } = event
  return (sent?.purchases ?? []).map(({ items, opaqueUserId }) => {
    const order = readOrderId(properties)
    return {
      source: source || libraryOf(event),
      user: opaqueUserId,
      currency: readCurrency(properties),
      properties,
      lines: items,
      isWhole: findReasons(reason, UNUSABLE).length === 0,
      revenue: toRevenue(items, properties),
      time,
      sample: {
        messageId: shortenId(messageId),
        user: shortenId(opaqueUserId),
        order: order && shortenId(order)
      }
    }
  })
}

/** Returns an order as a case of a mistake. */
export function toOrderCase({ time, sample, revenue }: SentOrder, cost: Money = revenue): Sighting {
  return { key: sample.messageId, time, revenue: cost, sample }
}

function readCurrency({ currency }: Properties): string {
  const code = typeof currency === 'string' ? currency.trim().toUpperCase() : ''
  return /^[A-Z]{3}$/.test(code) ? code : ''
}
