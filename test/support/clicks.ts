import type { SegmentEvent } from '@segment/actions-core'
import type { SandboxExchange } from '../../src/sandbox'

/**
 * Returns clicks on sponsored products as a shop tracks them.
 *
 * @param isBad returns whether the click at an index has a bid that Topsort does not know
 */
export function clicks(count: number, isBad: (index: number) => boolean = () => false): SegmentEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'track',
    event: 'Product Clicked',
    messageId: `click-${index}`,
    timestamp: '2026-03-01T11:59:31.000Z',
    anonymousId: '71303ce0',
    properties: { product_id: 'p_oajf2D', resolvedBidId: isBad(index) ? `unknown-${index}` : `bid-${index}` },
    context: { page: { path: '/categories/dairy', title: 'Dairy' } }
  }))
}

/** Returns the ids of the clicks in a request. */
export function clickIds({ body }: SandboxExchange): string[] {
  return (body as { clicks: { id: string }[] }).clicks.map(({ id }) => id)
}
