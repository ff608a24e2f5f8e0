import type { Check } from '../check'
import { readCallerIds, readTime, toKeptId } from '../facts'
import type { MappingDelivery } from '../observation'
import { readOrderId, readProductIds, readProducts, toText } from '../properties'
import type { Properties } from '../properties'

/**
 * Some lines of an order were not sent, or the order has no lines. Gifts and discounts (a price of 0 or less) and
 * returns (a quantity of 0 or less) are not counted, because the destination omits them by design.
 */
export const unusableLine: Check = {
  code: 'unusable-line',
  severity: 'loses data',
  title: 'An order has lines that cannot be reported',
  why: 'The destination omits a line without a product id or a clear price. An order without any line fails. The revenue is missing at Topsort.',
  cure: 'Send product_id and price with each line, the price as a number. If they have other names, map the fields of Items to them.',
  ofEvent(observation) {
    const { messageId, properties } = observation.event
    return observation.deliveries.flatMap((delivery) => {
      if (delivery.action !== 'purchase') return []
      const line = findUnusableLine(delivery, readProducts(properties))
      if (!line) return []
      const sample = {
        messageId: toKeptId(messageId),
        user: readCallerIds(observation).at(0),
        order: readOrderId(properties),
        product: readProductIds(line).map(toKeptId).at(0)
      }
      return [{ key: `${messageId}\n${delivery.mapping}`, time: readTime(observation).time, sample }]
    })
  }
}

/** Returns a line that was not sent, or an empty object if the order has no lines. */
function findUnusableLine({ ok, status, sent }: MappingDelivery, lines: Properties[]): Properties | undefined {
  const items = sent?.purchases?.flatMap((purchase) => purchase.items) ?? []
  const sold = lines.filter((line) => !isGift(line) && !isReturn(line))
  if (items.length > 0) {
    const ids = new Set(items.map(({ productId }) => productId))
    const isLeftOut = (line: Properties): boolean => !readProductIds(line).some((id) => ids.has(id))
    return sold.length > items.length ? (sold.find(isLeftOut) ?? sold.at(-1)) : undefined
  }
  // Nothing was sent. The order may have failed for another reason, such as its time, so look for an unusable line.
  if (ok || status !== REFUSED_BY_DESTINATION) return undefined
  return lines.length === 0 ? {} : sold.find(isUnreadable)
}

/** The status of a payload that the destination cannot convert. */
const REFUSED_BY_DESTINATION: MappingDelivery['status'] = 400

function isUnreadable(line: Properties): boolean {
  const price = toText(line.price)
  return readProductIds(line).length === 0 || price === undefined || !/^\d+(\.\d+)?$/.test(price)
}

function isGift({ price }: Properties): boolean {
  const text = toText(price)
  return text !== undefined && (Number(text) <= 0 || /^[^\d]*[0.,]*0[^\d]*$/.test(text))
}

function isReturn({ quantity }: Properties): boolean {
  const text = toText(quantity)
  return text !== undefined && Number(text) <= 0
}
