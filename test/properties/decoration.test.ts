/**
 * Tests that optional values never fail an event. An optional field can have any scalar, and an optional object can
 * have any scalars, and the required values are still delivered.
 */
import type { SegmentEvent } from '@segment/actions-core'
import * as fc from 'fast-check'
import { anyScalar, scalars } from '../support/any-json'
import { PATIENCE, runs } from '../support/runs'
import { subscribe } from '../support/segment'
import { client, deliverToSandbox } from '../support/strict-sandbox'

jest.setTimeout(PATIENCE)

/** Properties, and the part of the sent event that they must lead to. */
type Case = { properties: object; wire: object }

/** Texts that are no id, such as `undefined`, are facts of their own tests. */
const NO_ID = /^(undefined|null|nan|true|false|\[object object\])$/i

const fact = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text && !NO_ID.test(text))
const user = fact.filter((id) => id !== '0')
const bid = fact.filter((text) => !/[\s%]/.test(text))
const price = fc.integer({ min: 1, max: 10_000_000 }).map((cents) => cents / 100)
const quantity = fc.integer({ min: 1, max: 1_000 })

const optional = (model: Record<string, fc.Arbitrary<unknown>>) => fc.record(model, { requiredKeys: [] })

const decoration = optional({
  placement: fc.oneof(
    anyScalar,
    scalars,
    fc.record({ path: anyScalar, position: anyScalar, page: anyScalar, pageSize: anyScalar, productId: anyScalar }),
    fc.record({ path: fc.constant('/a'), categoryIds: anyScalar, searchQuery: anyScalar })
  ),
  page: fc.oneof(
    anyScalar,
    scalars,
    fc.record({ pageId: anyScalar, type: anyScalar, value: anyScalar }),
    fc.record({ pageId: fc.constant('/cart'), type: fc.constant('cart'), value: anyScalar })
  ),
  object: fc.oneof(
    anyScalar,
    scalars,
    fc.record({ type: fc.constant('listing'), assetId: anyScalar, clickType: anyScalar })
  ),
  additionalAttribution: fc.oneof(anyScalar, scalars, fc.record({ id: anyScalar, type: fc.constant('product') })),
  // Not a scalar: the field has the type object and its default reads the property as it is, as the live destination's
  // does, so the framework fails the event. The fixture `clicks/dsp-metadata-that-is-text` shows that.
  dspMetadata: fc.oneof(scalars, fc.record({ gclid: anyScalar })),
  dsp_metadata: scalars,
  ...{ position: anyScalar, query: anyScalar, clickType: anyScalar, channel: anyScalar, name: anyScalar },
  ...{ title: anyScalar, externalCampaignId: anyScalar, externalVendorId: anyScalar, currency: anyScalar }
})

const context = optional({
  page: fc.oneof(anyScalar, fc.record({ path: anyScalar, title: anyScalar })),
  device: fc.oneof(anyScalar, fc.record({ type: anyScalar })),
  userAgent: anyScalar
})

/** A sponsored or an organic product. If it is sponsored, the entity is optional. */
const subject: fc.Arbitrary<Case> = fc.oneof(
  fc
    .tuple(bid, optional({ entity: fc.oneof(anyScalar, scalars), product_id: anyScalar }))
    .map(([resolvedBidId, rest]) => ({ properties: { ...rest, resolvedBidId }, wire: { resolvedBidId } })),
  fact.map((id) => ({ properties: { product_id: id }, wire: { entity: { type: 'product', id } } }))
)

const line: fc.Arbitrary<Case> = fc
  .record({ productId: fact, unitPrice: price, quantity })
  .map(({ productId, unitPrice, quantity }) => ({
    properties: { product_id: productId, price: unitPrice, quantity },
    wire: { productId, unitPrice, quantity }
  }))

const visit: fc.Arbitrary<Case> = fc.record({ pageId: fact, type: anyScalar, value: anyScalar }).map((page) => ({
  properties: { page },
  wire: { page: expect.objectContaining({ pageId: page.pageId }) as unknown }
}))

/** Adds any optional values to the required ones. */
const decorated = (facts: fc.Arbitrary<Case>): fc.Arbitrary<Case> =>
  fc.tuple(decoration, facts).map(([rest, { properties, wire }]) => ({ properties: { ...rest, ...properties }, wire }))

const listed = (product: fc.Arbitrary<Case>): fc.Arbitrary<Case[]> =>
  fc.array(decorated(product), { minLength: 1, maxLength: 3 })

/** For each preset: its call with any optional values, and the events that must be sent. */
const calls: [preset: string, call: object, cases: fc.Arbitrary<{ properties: object; wires: object[] }>][] = [
  ['Impression', { type: 'track', event: 'Product Viewed' }, decorated(subject).map(alone)],
  ['Click', { type: 'track', event: 'Product Clicked' }, decorated(subject).map(alone)],
  [
    'Purchase',
    { type: 'track', event: 'Order Completed' },
    listed(line).map((lines) => ({
      properties: { products: lines.map(({ properties }) => properties) },
      wires: [{ items: lines.map(({ wire }) => expect.objectContaining(wire) as unknown) }]
    }))
  ],
  [
    'Impressions List',
    { type: 'track', event: 'Product List Viewed' },
    fc.tuple(decoration, listed(subject)).map(([rest, products]) => ({
      properties: { ...rest, products: products.map(({ properties }) => properties) },
      wires: products.map(({ wire }) => wire)
    }))
  ],
  ['Page Views', { type: 'page' }, decorated(visit).map(alone)]
]

function alone({ properties, wire }: Case) {
  return { properties, wires: [wire] }
}

test.each(calls)('optional values never fail an event of the preset %s', async (preset, call, cases) => {
  const { onBatch } = subscribe(preset, { client })
  const facts = fc.record({
    timestamp: fc
      .date({ min: new Date(0), max: new Date('2026-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    anonymousId: user
  })
  const event = fc.tuple(facts, cases, context, optional({ name: anyScalar, category: anyScalar }))

  const property = fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 15, size: 'max' }), async (parts) => {
    const events = parts.map(
      ([facts, { properties }, context, rest], index) =>
        ({ ...rest, messageId: `m${index}`, ...facts, ...call, properties, context }) as SegmentEvent
    )
    const { sent, result } = await deliverToSandbox(() => onBatch(events))
    expect(result.map(({ status }) => status)).toEqual(events.map(() => 204))
    const wires = parts.flatMap(([{ timestamp, anonymousId }, { wires }]) =>
      wires.map((wire) => ({ occurredAt: timestamp, opaqueUserId: anonymousId, ...wire }))
    )
    expect(sent).toMatchObject(wires)
  })
  await fc.assert(property, runs(100))
})
