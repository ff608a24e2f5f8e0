import { readPlaces } from '../../core'
import type { Check } from '../model'
import type { MappingDelivery } from '../observation'
import { type Properties, readOrderId, readProductIds, readProducts, readText } from '../properties'
import { findReasons, isRefusedFor } from '../reasons'
import { toCallSighting } from '../sighting'
import { findProductsInObject } from './list-is-object'

/**
 * Some lines of an order were not sent, or the order has no lines. Gifts and discounts (a price of 0 or less) and
 * returns (a quantity of 0 or less) are not counted, because the destination omits them by design. `list-is-object` has
 * the orders whose lines are an object.
 */
export const unusableLine: Check = {
  code: 'unusable-line',
  severity: 'loses data',
  title: 'An order has lines that cannot be reported',
  why: 'The destination omits a line without a product id or a clear price. An order without any line fails. The revenue is missing at Topsort.',
  cure: 'Send product_id and price with each line, the price as a number. If they have other names, map the fields of Items to them.',
  needs: 'reasons',
  ofEvent(observation) {
    const { properties } = observation.event
    return observation.deliveries.flatMap((delivery) => {
      if (delivery.action !== 'purchase' || findProductsInObject(delivery, properties)) return []
      const line = findUnusableLine(delivery, readProducts(properties))
      if (!line) return []
      const ids = { order: readOrderId(properties), product: readProductIds(line).at(0) }
      return [toCallSighting(observation, ids, delivery.mapping)]
    })
  }
}

/** The destination's codes for an order without lines, for one without prices, and for lines that cannot be sent. */
export const UNUSABLE = [
  'items_missing',
  'order_without_prices',
  'line_without_product_id',
  'line_product_id_meaningless',
  'line_quantity_invalid',
  'line_without_price',
  'line_price_invalid',
  'line_price_ambiguous',
  'line_amount_incalculable'
]

/** Returns a line that was not sent, or an empty object if `products` does not have it. */
function findUnusableLine({ reason }: MappingDelivery, lines: Properties[]): Properties | undefined {
  if (isRefusedFor('items', reason)) return {}
  const unusable = findReasons(reason, UNUSABLE).at(0)
  if (unusable) return lines.at((readPlaces(unusable).at(0) ?? 1) - 1) ?? {}
  // The framework says only that a value has another type, such as an object as price. It names no line.
  if (reason?.code !== 'field_invalid') return undefined
  return lines.length === 0 ? {} : lines.find(isUnreadable)
}

function isUnreadable(line: Properties): boolean {
  return readProductIds(line).length === 0 || readText(line.price) === undefined
}
