/** Tests the actions with the framework, the default mappings, and events that contain any JSON. */
import { IntegrationError } from '@segment/actions-core'
import type { SegmentEvent } from '@segment/actions-core'
import { AggregateAjvError } from '@segment/ajv-human-errors'
import * as fc from 'fast-check'
import { anyEvent } from '../support/any-event'
import { PATIENCE, runs } from '../support/runs'
import { subscribe } from '../support/segment'
import type { BatchResult } from '../support/segment'
import { client, deliverToSandbox } from '../support/strict-sandbox'
import type { WireEvent } from '../support/strict-sandbox'

jest.setTimeout(PATIENCE)

// A time in the future becomes the current time. With a real clock, it would differ between an event alone and in a
// batch.
beforeAll(() => jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-03-01T12:00:00Z')))
afterAll(() => jest.restoreAllMocks())

/** Matches a message that names a field, a line of an order, or a product of a list. */
const NAMING = expect.stringMatching(
  /^(The value at [\w/]+|[A-Z]\w+( \w+)*) must be |\b(id|occurredAt|opaqueUserId|resolvedBidId|product_id|products?|items|price|page(\.pageId)?|line \d+|\d+ lines|Product \d+)\b/
) as unknown

const product = { product_id: 'p_oajf2D', price: 1.49 }

describe.each([
  ['Impression', [{ type: 'track', event: 'Product Viewed' }], { properties: product }],
  ['Click', [{ type: 'track', event: 'Product Clicked' }], { properties: product }],
  ['Purchase', [{ type: 'track', event: 'Order Completed' }], { properties: { products: [product] } }],
  ['Impressions List', [{ type: 'track', event: 'Product List Viewed' }], { properties: { products: [product] } }],
  ['Page Views', [{ type: 'page' }, { type: 'screen' }], { name: 'Home' }]
] as const)('%s', (preset, calls, rest) => {
  const good = (messageId: string): SegmentEvent =>
    ({
      messageId,
      timestamp: '2026-03-01T11:59:31.000Z',
      anonymousId: '71303ce0',
      ...calls[0],
      ...rest
    }) as SegmentEvent

  // If skipZeroPricePurchases is off, orders are sent as they are and Topsort may refuse them. So it is not tested
  // here.
  const subscriptions = {
    'skipZeroPricePurchases unset': subscribe(preset, { client }),
    'skipZeroPricePurchases on': subscribe(preset, { settings: { skipZeroPricePurchases: true }, client })
  }

  const settings = fc.constantFrom(...keys(subscriptions))

  const batchOf = (most: number) =>
    fc
      .array(fc.oneof(...calls.map(anyEvent)), { minLength: 1, maxLength: most, size: 'max' })
      .map((events) => events.map((event, index) => ({ ...event, messageId: `any-${index}` })))

  // About 800 events are in 100 batches, because the framework checks the mapping for each batch, which takes long.
  test('any event is delivered or fails with an error that names the field, and other events do not fail with it', async () => {
    const property = fc.asyncProperty(batchOf(15), settings, async (events, settings) => {
      const { onBatch } = subscriptions[settings]
      const { sent, result } = await deliverToSandbox(() => onBatch([good('first'), ...events, good('last')]))
      expect(result).toHaveLength(events.length + 2)
      expect([result[0].status, result.at(-1)?.status]).toEqual([204, 204])
      expect([...findWires('first', sent), ...findWires('last', sent)]).toHaveLength(2)
      const failed = result.filter(({ status }) => status >= 300)
      expect(failed).toEqual(
        failed.map(() => expect.objectContaining({ status: 400, errormessage: NAMING }) as unknown)
      )
    })
    await fc.assert(property, runs(100))
  })

  test('any event has the same result alone as in a batch', async () => {
    const property = fc.asyncProperty(batchOf(3), settings, async (events, settings) => {
      const { onEvent, onBatch } = subscriptions[settings]
      const together = await deliverToSandbox(() => onBatch(events))
      for (const [index, event] of events.entries()) {
        const alone = await deliverToSandbox(() => catchError(onEvent(event)))
        expect(alone.sent).toEqual(findWires(`any-${index}`, together.sent))
        expectSameEnd(alone.result, together.result[index])
      }
    })
    await fc.assert(property, runs(100))
  })
})

/** Returns the events that were sent for the Segment event with this id. */
function findWires(messageId: string, sent: WireEvent[]): WireEvent[] {
  return sent.filter(({ id }) => id === messageId || id.startsWith(`${messageId}-`))
}

/** Returns the error of a delivery, or undefined. */
async function catchError(delivery: Promise<void>): Promise<unknown> {
  try {
    await delivery
    return undefined
  } catch (error) {
    return error
  }
}

/** Fails unless both deliveries succeeded, or both failed and the thrown error is one of the framework's. */
function expectSameEnd(error: unknown, result: BatchResult): void {
  if (error === undefined) {
    expect(result.status).toBeLessThan(300)
  } else {
    expect([AggregateAjvError, IntegrationError].some((type) => error instanceof type)).toBe(true)
    expect(error).toMatchObject({ status: 400, message: NAMING })
    expect(result.status).toBe(400)
  }
}

function keys<Key extends string>(object: Record<Key, unknown>): Key[] {
  return Object.keys(object) as Key[]
}
