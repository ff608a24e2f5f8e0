import { isObject } from '../../core'
import type { Check } from '../model'
import type { MappingDelivery } from '../observation'
import { readShopRevenue } from '../order-revenue'
import { readOrderId, readProductIds, type Properties } from '../properties'
import { toCallSighting } from '../sighting'

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
export function findProductsInObject(
  { ok, action }: MappingDelivery,
  properties: Properties = {}
): Properties[] | undefined {
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
