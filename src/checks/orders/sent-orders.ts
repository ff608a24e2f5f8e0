import type { Money, Sample, Sighting } from '../finding'
import type { EventObservation, MappingDelivery } from '../observation'
import { UNUSABLE_LINE } from '../mistakes/unreadable-lists'
import { toRevenue } from '../money'
import { type Properties, readOrderId, shortenId } from '../properties'
import { findReasons } from '../reasons'
import { type CallSource, libraryOf } from '../source'

/** An order that Topsort accepted. */
export type SentOrder = ReturnType<typeof readSentOrders>[number]

/** Returns the orders that Topsort accepted in a delivery of a call. Most deliveries have none. */
export function readSentOrders(
  event: EventObservation['event'],
  { sent, reason }: MappingDelivery,
  { source }: CallSource,
  time: number
) {
  const { messageId } = event
  const properties: Properties = event.properties ?? {}
  return (sent?.purchases ?? []).map(({ items, opaqueUserId }) => {
    const order = readOrderId(properties)
    const sample: Sample = {
      messageId: shortenId(messageId),
      user: shortenId(opaqueUserId),
      order: order && shortenId(order)
    }
    return {
      source: source || libraryOf(event),
      /** The `opaqueUserId` that was sent. */
      user: opaqueUserId,
      /** The ISO 4217 code of its currency. Empty if the order names none, or anything else. */
      currency: readCurrency(properties),
      properties,
      lines: items,
      /** Whether all lines of the order were sent, except gifts, discounts and returns. */
      isWhole: findReasons(reason, UNUSABLE_LINE).length === 0,
      revenue: toRevenue(items, properties),
      time,
      sample
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
