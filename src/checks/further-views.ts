import type { EventObservation, MappingDelivery } from './observation'

type Impressions = NonNullable<NonNullable<MappingDelivery['sent']>['impressions']>

/** Returns the observation with only the first organic impression of each user. Those with a bid all stay. */
export function withoutFurtherViews(observation: EventObservation): EventObservation {
  if (!observation.deliveries.some(({ sent }) => (sent?.impressions?.length ?? 0) > 1)) return observation
  const deliveries = observation.deliveries.map((delivery): MappingDelivery => {
    const { sent } = delivery
    return sent?.impressions ? { ...delivery, sent: { ...sent, impressions: pickViews(sent.impressions) } } : delivery
  })
  return { ...observation, deliveries }
}

function pickViews(impressions: Impressions): Impressions {
  const seen = new Set<string>()
  return impressions.filter(({ resolvedBidId, opaqueUserId }) => {
    if (resolvedBidId) return true
    const isFirst = !seen.has(opaqueUserId)
    seen.add(opaqueUserId)
    return isFirst
  })
}
