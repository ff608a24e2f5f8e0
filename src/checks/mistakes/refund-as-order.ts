import type { Check } from '../model'
import { TOTALS } from '../orders/explain-total'
import type { EventObservation } from '../observation'
import { readNumber, readSentRevenue } from '../money'
import { readOrderId, readProducts } from '../properties'
import { toCallSighting } from '../sighting'

/** A refund or a canceled order was sent as an order. Returns inside an exchange are correct. */
export const refundAsOrder: Check = {
  code: 'refund-as-order',
  severity: 'loses money',
  costs: 'reported wrongly',
  title: 'A refund was reported as an order',
  why: 'Topsort has no refunds. It adds the amount to the revenue and may credit it to an ad, although the shop gave the money back.',
  cure: 'Change the trigger of the Purchase mapping, so that it takes only completed orders, for example with properties.total > 0.',
  needs: 'orders',
  ofEvent(observation) {
    const revenue = readSentRevenue(observation)
    if (!revenue || !isRefund(observation)) return []
    const order = readOrderId(observation.event.properties)
    const amount = Math.abs(revenue.amount)
    return [{ ...toCallSighting(observation, { order }), revenue: { ...revenue, amount } }]
  }
}

const NAME = /refund|cancel|return(ed)?\b|chargeback/i

function isRefund({ event, deliveries }: EventObservation): boolean {
  if (NAME.test(event.event ?? '')) return true
  const { properties = {} } = event
  const isNegative = TOTALS.some((name) => readNumber(properties[name]) < 0)
  const hasReturn = readProducts(properties).some(
    ({ price, quantity }) => readNumber(price) < 0 || readNumber(quantity) < 0
  )
  const sent = deliveries.flatMap((delivery) => (delivery.sent?.purchases ?? []).flatMap(({ items }) => items))
  return (isNegative && !hasReturn) || (sent.length > 0 && sent.every(({ unitPrice }) => unitPrice < 0))
}
