import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, SegmentEvent } from '@segment/actions-core'
import topsort from '../src/destinations/topsort'
import type { Settings } from '../src/destinations/topsort/generated-types'
import { presetMappings } from '../src/pipeline/mappings'

export const settings = { api_key: 'TSE_benchmark' }

/** The mapping for clicks that new customers get. */
const [subscription] = presetMappings(topsort).filter(({ name }) => name === 'Click')
export const { mapping } = subscription

/** The settings in the format of Segment, with the mapping. */
export const configuration = { ...settings, subscriptions: [subscription] }

/** Creates clicks as a browser sends them, with the page, the user agent, and more properties than are reported. */
export function createClicks(count: number): SegmentEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'track',
    event: 'Product Clicked',
    messageId: `ajs-next-1772366371250-${index}`,
    timestamp: '2026-03-01T11:59:31.250Z',
    anonymousId: '71303ce0-de89-496d-8270-6434589615e8',
    properties: {
      product_id: `p_${index}`,
      name: 'Oat milk',
      category: 'Dairy',
      brand: 'Acme',
      price: 1.49,
      quantity: 1,
      position: (index % 20) + 1,
      resolvedBidId:
        'WyJiX01mazE1IiwiMTJhNTU4MjgtOGVhZC00Mjk5LTgzMjctY2ViYjAwMmEwZmE4IiwibGlzdGluZ3MiLCJkZWZhdWx0IiwiIl0='
    },
    context: {
      page: {
        path: '/categories/dairy',
        title: 'Dairy',
        url: 'https://shop.example.com/categories/dairy',
        referrer: 'https://shop.example.com/',
        search: ''
      },
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'
    }
  }))
}

/** Creates a destination. Each measurement needs its own, because a destination keeps all responses in memory. */
export function createDestination(definition: DestinationDefinition<Settings> = topsort): Destination<Settings> {
  return new Destination(definition)
}

/** Returns the destination with a `performBatch` that does nothing, to measure only the framework. */
export function withEmptyBatch(): DestinationDefinition<Settings> {
  const { click } = topsort.actions
  return { ...topsort, actions: { click: { ...click, performBatch: () => undefined } } }
}

/** @throws Error if an event was not delivered, because failures would distort the measurement */
export function expectDelivered(results: { status: number }[], events: SegmentEvent[]): void {
  const delivered = results.filter(({ status }) => status === 200 || status === 204)
  if (delivered.length !== events.length) {
    throw new Error(`${delivered.length} of ${events.length} events were delivered: ${JSON.stringify(results[0])}`)
  }
}
