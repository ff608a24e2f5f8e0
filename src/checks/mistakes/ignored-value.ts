import type { Check } from '../model'
import type { MappingDelivery } from '../observation'
import { type Properties, readEntityId, readProductIds, readProducts, readText } from '../properties'
import { readCase, toCallSighting } from '../sighting'

/** An event has `additionalAttribution` and no bid, or a bid and an `entity` that is not the product of the event. */
export const ignoredValue: Check = {
  code: 'ignored-value',
  severity: 'worth a look',
  title: 'An event has a value that Topsort ignores',
  why: 'Topsort reads additionalAttribution only together with a resolvedBidId, and entity only without one. So the event means something else to Topsort.',
  cure: "Send additionalAttribution together with the banner's resolvedBidId. Send entity only with events that have no bid.",
  ofEvent(observation) {
    const { properties = {} } = observation.event
    const ignored: Properties[] = []
    const delivery = observation.deliveries.find(({ action }) => action === 'click' || action === 'impression')
    if (delivery && isIgnoring(properties, delivery)) ignored.push(properties)
    if (observation.deliveries.some(({ action }) => action === 'impressionsList')) {
      ignored.push(...readProducts(properties).filter((product) => isIgnoring(product)))
    }
    return ignored.map((source, index) => toCallSighting(observation, readCase(source), index))
  }
}

function isIgnoring(source: Properties, delivery?: MappingDelivery): boolean {
  const entity = readEntityId(source.entity)
  const attribution = readEntityId(source.additionalAttribution)
  if (entity === undefined && attribution === undefined) return false
  if (!hasBid(source, delivery)) return attribution !== undefined
  return entity !== undefined && !readProductIds(source).includes(entity)
}

/** Also looks at the events that were sent, because a mapping may read the bid from another property. */
function hasBid(source: Properties, { sent }: Partial<MappingDelivery> = {}): boolean {
  if (readText(source.resolvedBidId)) return true
  return [...(sent?.clicks ?? []), ...(sent?.impressions ?? [])].some(({ resolvedBidId }) => resolvedBidId)
}
