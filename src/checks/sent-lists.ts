import type { EventsByType, EventType } from '../sandbox'
import type { MappingDelivery } from './observation'

/** Returns the lists of events that a delivery has sent. Nearly all deliveries have one. A link of users has none. */
export function listSent({ sent }: MappingDelivery): (readonly EventsByType[EventType][])[] {
  const lists: (readonly EventsByType[EventType][])[] = []
  if (sent?.impressions) lists.push(sent.impressions)
  if (sent?.clicks) lists.push(sent.clicks)
  if (sent?.purchases) lists.push(sent.purchases)
  if (sent?.pageviews) lists.push(sent.pageviews)
  return lists
}
