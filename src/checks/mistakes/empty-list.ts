import type { Check } from '../check'
import { callerOf, timeOf, toKeptId } from '../facts'
import type { MappingDelivery } from '../observation'
import { entityId, productIdsOf, productsOf, toText } from '../properties'
import type { Properties } from '../properties'

/** A list of products that has nothing to report, whose products lack ids, or none of whose products has a position. */
export const emptyList: Check = {
  code: 'empty-list',
  severity: 'loses data',
  title: 'A list has products without ids or positions',
  why: 'A product without an id or a bid cannot be reported. Without positions, Topsort cannot compare the places of a list.',
  cure: 'Send product_id and position with each product of the list. Positions count from 1.',
  ofEvent(observation) {
    const { messageId, properties } = observation.event
    const isLacking = observation.deliveries.some((delivery) => {
      return delivery.action === 'impressionsList' && lacks(delivery, productsOf(properties))
    })
    const sample = { messageId: toKeptId(messageId), user: callerOf(observation).at(0) }
    return isLacking ? [{ key: sample.messageId, time: timeOf(observation).time, sample }] : []
  }
}

function lacks({ ok, status, sent }: MappingDelivery, products: Properties[]): boolean {
  const impressions = sent?.impressions ?? []
  if (impressions.length > 0) {
    if (products.length > impressions.length) return true
    const hasPosition = products.some(({ position }) => toText(position) !== undefined)
    // The products may be mapped from another property, and then their positions are there too.
    return products.length > 0 && !hasPosition && impressions.every(({ placement }) => !placement?.position)
  }
  return !ok && status === 400 && !products.some(isReportable)
}

function isReportable(product: Properties): boolean {
  return (
    productIdsOf(product).length > 0 ||
    toText(product.resolvedBidId) !== undefined ||
    entityId(product.entity) !== undefined
  )
}
