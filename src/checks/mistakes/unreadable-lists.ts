import { isObject, readPlaces } from '../../core'
import type { Check } from '../model'
import type { MappingDelivery } from '../observation'
import { readShopRevenue } from '../money'
import { type Properties, readEntityId, readOrderId, readProductIds, readProducts, readText } from '../properties'
import { toCallSighting } from '../sighting'
import { findReasons, isRefusedFor } from '../reasons'

/** The products of an order or a list are an object whose values are products, so no mapping can read them. */
export const listIsObject: Check = {
  code: 'list-is-object',
  severity: 'loses data',
  costs: 'not reported',
  title: 'The list of products is an object',
  why: 'A mapping reads each product of a list. It cannot read an object such as {"0": {…}, "2": {…}}. The whole event is lost.',
  cure: 'Send a list in square brackets. In PHP, array_filter and unset leave gaps in the keys, and json_encode then writes an object: call array_values first.',
  needs: 'reasons',
  ofEvent(observation) {
    const { properties = {} } = observation.event
    return observation.deliveries.flatMap((delivery) => {
      const lines = findProductsInObject(delivery, properties)
      if (!lines) return []
      const { action, mapping } = delivery
      const ids = { order: readOrderId(properties), product: readProductIds(lines[0]).at(0) }
      const sighting = toCallSighting(observation, ids, mapping)
      return [{ ...sighting, ...(action === 'purchase' && { revenue: readShopRevenue(lines, properties) }) }]
    })
  }
}

/** The names under which shops and the events of other tools send their products. */
const LISTS = ['products', 'items', 'line_items', 'lineItems', 'lines', 'order_items', 'cart']

/**
 * Returns the products of a failed event if they are in an object that should be a list. One product as an object is not
 * such a list.
 */
function findProductsInObject({ ok, action }: MappingDelivery, properties: Properties = {}): Properties[] | undefined {
  if (ok || (action !== 'purchase' && action !== 'impressionsList')) return undefined
  if (LISTS.some((name) => Array.isArray(properties[name]))) return undefined
  for (const name of LISTS) {
    const list = properties[name]
    const values = isObject(list) ? Object.values(list) : []
    if (values.length > 0 && values.every(isProduct)) return values as Properties[]
  }
  return undefined
}

function isProduct(value: unknown): boolean {
  return isObject(value) && (readProductIds(value).length > 0 || 'price' in value || 'quantity' in value)
}

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
const UNUSABLE_PRODUCT = ['products_missing', 'about_nothing', 'product_id_meaningless', 'product_id_invalid']

function isLacking({ sent, reason }: MappingDelivery, products: Properties[]): boolean {
  if (isRefusedFor('products', reason) || findReasons(reason, UNUSABLE_PRODUCT).length > 0) return true
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
export const UNUSABLE_LINE = [
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
  const unusable = findReasons(reason, UNUSABLE_LINE).at(0)
  if (unusable) return lines.at((readPlaces(unusable).at(0) ?? 1) - 1) ?? {}
  // The framework says only that a value has another type, such as an object as price. It names no line.
  if (reason?.code !== 'field_invalid') return undefined
  return lines.length === 0 ? {} : lines.find(isUnreadable)
}

function isUnreadable(line: Properties): boolean {
  return readProductIds(line).length === 0 || readText(line.price) === undefined
}
