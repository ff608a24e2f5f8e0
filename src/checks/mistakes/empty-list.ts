import type { Check } from '../check'
import { readCallerIds, readTime, toKeptId } from '../facts'
import type { MappingDelivery } from '../observation'
import { readEntityId, readProductIds, readProducts, toText } from '../properties'
import type { Properties } from '../properties'

/** A list has no product to report, a product without an id, or no product with a position. */
export const emptyList: Check = {
  code: 'empty-list',
  severity: 'loses data',
  title: 'A list has products without ids or positions',
  why: 'A product without an id or a bid cannot be reported. Without positions, Topsort cannot compare the places of a list.',
  cure: 'Send product_id and position with each product of the list. Positions count from 1.',
  ofEvent(observation) {
    const { messageId, properties } = observation.event
    const hasGaps = observation.deliveries.some((delivery) => {
      return delivery.action === 'impressionsList' && isLacking(delivery, readProducts(properties))
    })
    const sample = { messageId: toKeptId(messageId), user: readCallerIds(observation).at(0) }
    return hasGaps ? [{ key: sample.messageId, time: readTime(observation).time, sample }] : []
  }
}

function isLacking({ ok, status, sent }: MappingDelivery, products: Properties[]): boolean {
  const impressions = sent?.impressions ?? []
  if (impressions.length > 0) {
    if (products.length > impressions.length) return true
    const hasPosition = products.some(({ position }) => toText(position) !== undefined)
    // A mapping may read the positions from another property, so check the positions that were sent as well.
    return products.length > 0 && !hasPosition && impressions.every(({ placement }) => !placement?.position)
  }
  return !ok && status === 400 && !products.some(isReportable)
}

function isReportable(product: Properties): boolean {
  return (
    readProductIds(product).length > 0 ||
    toText(product.resolvedBidId) !== undefined ||
    readEntityId(product.entity) !== undefined
  )
}
