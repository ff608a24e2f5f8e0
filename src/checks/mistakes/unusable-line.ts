import type { Check } from '../check'
import { callerOf, timeOf, toKeptId } from '../facts'
import type { MappingDelivery } from '../observation'
import { orderIdOf, productIdsOf, productsOf, toText } from '../properties'
import type { Properties } from '../properties'

/**
 * An order that has more lines than went out, or none at all. Gifts and discounts (a price of 0 or less) and returns (a
 * quantity of 0 or less) are left out rightly.
 */
export const unusableLine: Check = {
  code: 'unusable-line',
  severity: 'loses data',
  title: 'An order has lines that cannot be reported',
  why: 'A line without a product id or a clear price is left out, and an order without any line fails. Its revenue is missing.',
  cure: 'Send product_id and price of each line, the price as a number. If they have other names, map the fields of Items to them.',
  ofEvent(observation) {
    const { messageId, properties } = observation.event
    return observation.deliveries.flatMap((delivery) => {
      if (delivery.action !== 'purchase') return []
      const line = unusableLineOf(delivery, productsOf(properties))
      if (!line) return []
      const sample = {
        messageId: toKeptId(messageId),
        user: callerOf(observation).at(0),
        order: orderIdOf(properties),
        product: productIdsOf(line).map(toKeptId).at(0)
      }
      return [{ key: `${messageId}\n${delivery.mapping}`, time: timeOf(observation).time, sample }]
    })
  }
}

/** @returns a line that is left out; an empty one if the order has no lines */
function unusableLineOf({ ok, status, sent }: MappingDelivery, lines: Properties[]): Properties | undefined {
  const items = sent?.purchases?.flatMap((purchase) => purchase.items) ?? []
  const sold = lines.filter((line) => !isGift(line) && !isReturn(line))
  if (items.length > 0) {
    const ids = new Set(items.map(({ productId }) => productId))
    const isLeftOut = (line: Properties): boolean => !productIdsOf(line).some((id) => ids.has(id))
    return sold.length > items.length ? (sold.find(isLeftOut) ?? sold.at(-1)) : undefined
  }
  // Nothing went out. It may have failed for another reason, such as its time, so the lines must be seen to be unusable.
  if (ok || status !== REFUSED_BY_DESTINATION) return undefined
  return lines.length === 0 ? {} : sold.find(isUnreadable)
}

/** The status of an event that the destination cannot convert. */
const REFUSED_BY_DESTINATION: MappingDelivery['status'] = 400

function isUnreadable(line: Properties): boolean {
  const price = toText(line.price)
  return productIdsOf(line).length === 0 || price === undefined || !/^\d+(\.\d+)?$/.test(price)
}

function isGift({ price }: Properties): boolean {
  const text = toText(price)
  return text !== undefined && (Number(text) <= 0 || /^[^\d]*[0.,]*0[^\d]*$/.test(text))
}

function isReturn({ quantity }: Properties): boolean {
  const text = toText(quantity)
  return text !== undefined && Number(text) <= 0
}
