import type { Check } from '../model'
import type { MappingDelivery } from '../observation'
import { type Properties, readEntityId, readProductIds, readProducts, readText } from '../properties'
import { findReasons, isRefusedFor } from '../reasons'
import { toCallSighting } from '../sighting'
import { findProductsInObject } from './list-is-object'

/**
 * A list has no product to report, a product without an id, or no product with a position. `list-is-object` has the lists
 * that are an object.
 */
export const emptyList: Check = {
  code: 'empty-list',
  severity: 'loses data',
  title: 'A list has products without ids or positions',
  why: 'A product without an id or a bid cannot be reported. Without positions, Topsort cannot compare the places of a list.',
  cure: 'Send product_id and position with each product of the list. Positions count from 1.',
  ofEvent(observation) {
    const { event, deliveries } = observation
    const hasGaps = deliveries.some((delivery) => {
      if (delivery.action !== 'impressionsList' || findProductsInObject(delivery, event.properties)) return false
      return isLacking(delivery, readProducts(event.properties))
    })
    return hasGaps ? [toCallSighting(observation)] : []
  }
}

/** The destination's codes for a list without products, and for products that are left out. */
const UNUSABLE = ['products_missing', 'about_nothing', 'product_id_meaningless', 'product_id_invalid']

function isLacking({ sent, reason }: MappingDelivery, products: Properties[]): boolean {
  if (isRefusedFor('products', reason) || findReasons(reason, UNUSABLE).length > 0) return true
  // The framework says only that a value has another type, such as an object as product id.
  if (reason?.code === 'field_invalid') return !products.some(isReportable)
  const impressions = sent?.impressions ?? []
  const hasPosition = products.some(({ position }) => readText(position) !== undefined)
  if (impressions.length === 0 || products.length === 0 || hasPosition) return false
  // A mapping may read the positions from another property, so check the positions that were sent as well.
  return impressions.every(({ placement }) => !placement?.position)
}

function isReportable(product: Properties): boolean {
  return (
    readProductIds(product).length > 0 ||
    readText(product.resolvedBidId) !== undefined ||
    readEntityId(product.entity) !== undefined
  )
}
