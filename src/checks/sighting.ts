import type { CaseIds, Sample, Sighting } from './finding'
import type { IdUse, SentEvent } from './model'
import type { EventObservation } from './observation'
import { type Properties, readProductIds, readText, shortenId } from './properties'
import { readCallerIds, readTime } from './read-facts'

type Ids = Partial<CaseIds>

/** Returns a sighting with the ids of a fact. */
export function toSighting(fact: SentEvent | IdUse, more: Ids = {}): Sighting {
  const { key, time, messageId, user } = fact
  const ids =
    fact.kind === 'purchase'
      ? { order: fact.orderId, product: fact.products.at(0) }
      : { bid: fact.bid, product: fact.kind === 'idUse' ? fact.product : fact.products.at(0) }
  const revenue = fact.kind === 'purchase' ? { revenue: fact.revenue } : {}
  return { key, time, ...revenue, sample: { messageId, user, ...ids, ...more } }
}

/**
 * Returns a sighting with the ids of a Segment call.
 *
 * @param more other ids of the case. An id of the call that is undefined here is omitted
 * @param part tells several cases of one call apart
 */
export function toCallSighting(observation: EventObservation, more: Ids = {}, part: string | number = ''): Sighting {
  const { messageId } = observation.event
  const ids = Object.entries({ user: readCallerIds(observation).at(0), ...more })
  const shortened = Object.fromEntries(ids.map(([name, id]) => [name, id && shortenId(id)]))
  return {
    key: `${messageId}\n${part}`,
    time: readTime(observation).time,
    sample: { messageId: shortenId(messageId), ...shortened }
  }
}

/** Returns the bid and the product that a call, or one of its products, names. */
export function readCase(properties: Properties): Pick<Ids, 'bid' | 'product'> {
  return { bid: readText(properties.resolvedBidId), product: readProductIds(properties).at(0) }
}

/** Returns a sample without the values that are undefined. */
export function removeEmpty(sample: Sample): Sample {
  const known = Object.entries(sample).filter(([, value]: [string, unknown]) => value !== undefined)
  return Object.fromEntries(known) as Sample
}
