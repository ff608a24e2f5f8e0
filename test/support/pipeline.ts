import type { SegmentEvent } from '@segment/actions-core'
import topsort from '../../src/destinations/topsort'
import { createPipeline, readMessages } from '../../src/pipeline'
import type { Delivery } from '../../src/pipeline'
import { KEY } from './segment'

/**
 * Sends events through the local pipeline with short waiting times. Returns the deliveries in the order of the events.
 */
export async function deliverThroughPipeline(events: SegmentEvent[]): Promise<Delivery[]> {
  const pipeline = createPipeline({
    definition: topsort,
    settings: { api_key: KEY },
    timing: { batchWait: 1, backOff: 1, random: Math.random }
  })
  pipeline.accept(readMessages('batch', { batch: events }, new Date()).events)
  await pipeline.drain()
  const settled = new Map(pipeline.deliveries().map((delivery) => [delivery.event?.messageId, delivery]))
  return events.map(({ messageId = '' }) => {
    const delivery = settled.get(messageId)
    if (!delivery) throw new Error(`${messageId} was never settled`)
    return delivery
  })
}
