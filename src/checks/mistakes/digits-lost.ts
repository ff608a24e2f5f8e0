import type { JsonObject } from '../../core'
import type { Check } from '../model'
import type { EventObservation } from '../observation'
import { readSentRevenue } from '../money'
import { readOrderId } from '../properties'
import { toCallSighting } from '../sighting'

/** An id was sent that came as a JSON number above 2^53, so its last digits were rounded. */
export const digitsLost: Check = {
  code: 'digits-lost',
  severity: 'loses data',
  costs: 'reported wrongly',
  title: 'An id has lost its last digits',
  why: 'Segment reads a JSON number above 9,007,199,254,740,992 with rounded digits. 1729382256910270001 becomes 1729382256910270000, which is another product, user or order, or none.',
  cure: 'Send ids as text, in quotes.',
  ofEvent(observation) {
    const { event, deliveries } = observation
    const numbers = deliveries.length > 0 ? listLargeNumbers([event.properties, event.userId, event.anonymousId]) : []
    if (numbers.length === 0) return []
    const { products, users } = listSentIds(deliveries)
    const isRounded = (id: string | undefined): boolean => id !== undefined && numbers.includes(id)
    const product = products.find(isRounded)
    const user = users.find(isRounded)
    const isOrder = deliveries.some(({ sent }) => sent?.purchases)
    const order = isOrder ? [readOrderId(event.properties)].find(isRounded) : undefined
    if ((product ?? user ?? order) === undefined) return []
    const ids = { product, order, ...(user !== undefined && { user }) }
    return [{ ...toCallSighting(observation, ids), revenue: readSentRevenue(observation) }]
  }
}

/** Returns the ids of products and of users in the events that were sent. */
function listSentIds(deliveries: EventObservation['deliveries']): { products: string[]; users: string[] } {
  const products: (string | undefined)[] = []
  const users: string[] = []
  for (const { sent = {} } of deliveries) {
    const { impressions = [], clicks = [], purchases = [] } = sent
    for (const { entity, additionalAttribution } of [...impressions, ...clicks]) {
      products.push(entity?.id, additionalAttribution?.id)
    }
    for (const { items } of purchases) products.push(...items.map(({ productId }) => productId))
    for (const { opaqueUserId } of [...impressions, ...clicks, ...purchases]) users.push(opaqueUserId)
  }
  return { products: products.filter((id) => id !== undefined), users }
}

/** Ids are no deeper in a call, for example in `properties.products[0].variant.id`. */
const MAX_LEVELS = 5

/** Returns all whole numbers in a value that may have been rounded, as text. */
function listLargeNumbers(value: unknown, level = 0, found: string[] = []): string[] {
  if (typeof value === 'number') {
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) found.push(String(value))
  } else if (level < MAX_LEVELS && typeof value === 'object' && value !== null) {
    for (const key in value) listLargeNumbers((value as JsonObject)[key], level + 1, found)
  }
  return found
}
