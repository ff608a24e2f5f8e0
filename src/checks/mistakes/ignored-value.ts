import { callerOf, timeOf, toKeptId } from '../facts'
import type { Check } from '../check'
import type { EventObservation, MappingDelivery } from '../observation'
import { entityId, productIdsOf, productsOf, toText } from '../properties'
import type { Properties } from '../properties'

/** An `additionalAttribution` without a bid, or an `entity` beside a bid that is not just the event's own product. */
export const ignoredValue: Check = {
  code: 'ignored-value',
  severity: 'worth a look',
  title: 'An event has a value that Topsort ignores',
  why: 'additionalAttribution counts only beside a resolvedBidId, and entity only without one. The event means something else than it says.',
  cure: "Send additionalAttribution together with the banner's resolvedBidId. Send entity only with events that have no bid.",
  ofEvent(observation) {
    const { messageId, properties = {} } = observation.event
    const delivery = observation.deliveries.find(({ action }) => action === 'click' || action === 'impression')
    const isList = observation.deliveries.some(({ action }) => action === 'impressionsList')
    const ignored = [
      ...(delivery && isIgnoring(properties, hasBid(properties, delivery)) ? [properties] : []),
      ...(isList ? productsOf(properties).filter((product) => isIgnoring(product, hasBid(product))) : [])
    ]
    return ignored.map((source, index) => ({
      key: `${messageId}\n${index}`,
      time: timeOf(observation).time,
      sample: sampleOf(observation, source)
    }))
  }
}

function isIgnoring(source: Properties, withBid: boolean): boolean {
  const entity = entityId(source.entity)
  return withBid
    ? entity !== undefined && !productIdsOf(source).includes(entity)
    : entityId(source.additionalAttribution) !== undefined
}

/** The bid may be mapped from another property. */
function hasBid(source: Properties, { sent }: Partial<MappingDelivery> = {}): boolean {
  if (toText(source.resolvedBidId)) return true
  return [...(sent?.clicks ?? []), ...(sent?.impressions ?? [])].some(({ resolvedBidId }) => resolvedBidId)
}

function sampleOf(observation: EventObservation, source: Properties) {
  const bid = toText(source.resolvedBidId)
  return {
    messageId: toKeptId(observation.event.messageId),
    user: callerOf(observation).at(0),
    bid: bid && toKeptId(bid),
    product: productIdsOf(source).map(toKeptId).at(0)
  }
}
