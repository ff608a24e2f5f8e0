import type { SegmentEvent } from '@segment/actions-core'
import * as fc from 'fast-check'
import { anyJson, mostly, partial } from './any-json'

const product = partial({
  product_id: mostly('p_SA0238', 7, ' ', 'undefined'),
  resolvedBidId: mostly('WyJiX01mazE1', '', 'null', 'WyJiX01mazE1%3D'),
  entity: fc.oneof(anyJson, partial({ id: mostly('v_8fj2D'), type: mostly('vendor', 'PRODUCT') })),
  additionalAttribution: fc.oneof(anyJson, partial({ id: mostly('p_1'), type: mostly('product', 'brand') })),
  position: mostly(1, '2', 0),
  price: mostly(9.9, '$1,299.00', 0, -5),
  quantity: mostly(1, '2', 0.75, 0),
  brand: mostly('Acme', { '@type': 'Brand', name: 'Acme' })
})

const properties = partial({
  product_id: mostly('p_SA0238', '[object Object]'),
  resolvedBidId: mostly('WyJiX01mazE1', 'NaN', 'WyJiX 01mazE1'),
  opaqueUserId: mostly('71303ce0', 0, 'null'),
  entity: fc.oneof(anyJson, partial({ id: mostly('v_8fj2D'), type: mostly('vendor') })),
  placement: fc.oneof(anyJson, partial({ path: mostly('/a'), categoryIds: mostly('c', ['c', 'd']), page: mostly(2) })),
  page: fc.oneof(anyJson, partial({ pageId: mostly('/cart'), type: mostly('cart'), value: mostly(['p', 'q'], 'p') })),
  object: fc.oneof(anyJson, partial({ type: mostly('listing'), clickType: mostly('like', 'purchase_now') })),
  dspMetadata: fc.oneof(anyJson, partial({ gclid: mostly('x', 1, null) })),
  dsp_metadata: partial({ gclid: mostly('x') }),
  clickType: mostly('like', 'image'),
  products: fc.oneof(anyJson, product, fc.array(fc.oneof(product, product, anyJson), { maxLength: 5 }))
})

const context = partial({
  page: fc.oneof(anyJson, partial({ path: mostly('/categories/dairy'), title: mostly('Dairy') })),
  device: fc.oneof(anyJson, partial({ type: mostly('ios') })),
  userAgent: mostly('Mozilla/5.0 (X11; Linux x86_64)')
})

/** Not null, because the framework itself fails the whole batch if a `context` is null. */
const noNull = anyJson.filter((value) => value !== null)

const rarelyNot = (value: unknown): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 15, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: anyJson })

/**
 * Returns any event that Segment may deliver to a subscription, without an id. Most events have a time and a user. All
 * other values are any JSON.
 *
 * @param call the type and the name of the event
 */
export function anyEvent({ type, event }: Pick<SegmentEvent, 'type' | 'event'>): fc.Arbitrary<SegmentEvent> {
  const json = fc.record(
    {
      properties: fc.oneof({ weight: 9, arbitrary: properties }, { weight: 1, arbitrary: anyJson }),
      context: fc.oneof({ weight: 4, arbitrary: context }, { weight: 1, arbitrary: noNull }),
      name: mostly('Home', 'Cart Screen'),
      category: mostly('Docs')
    },
    { requiredKeys: [] }
  )
  const facts = fc.record({
    timestamp: rarelyNot('2026-03-01T11:59:31.000Z'),
    anonymousId: rarelyNot('71303ce0'),
    userId: rarelyNot(undefined)
  })
  return fc.tuple(json, facts).map(([json, facts]) => ({ ...json, ...facts, type, event }) as SegmentEvent)
}
