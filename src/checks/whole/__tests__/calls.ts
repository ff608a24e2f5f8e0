import { DAY } from '../../../core'
import type { EventObservation, MappingDelivery } from '../../observation'

/** A Monday. */
export const START = Date.UTC(2026, 0, 5)

/** Options for a call. The default is a click of the shopper `anna` on `yogurt` in the web shop. */
export type CallOptions = {
  /** The day, counted from 0. */
  day?: number
  /** Minutes after noon. */
  minute?: number
  user?: string
  platform?: 'web' | 'ios' | 'android' | 'server'
  version?: string
  name?: string
  properties?: Record<string, unknown>
}

let count = 0

/** Returns a call with deliveries. Without deliveries, no mapping takes it. */
export function call(options: CallOptions = {}, deliveries: readonly MappingDelivery[] = []): EventObservation {
  const { day = 0, minute = 0, user = 'anna', platform = 'web', version, name = 'Product Clicked' } = options
  const time = new Date(START + day * DAY + DAY / 2 + minute * 60_000).toISOString()
  count += 1
  return {
    kind: 'event',
    event: {
      messageId: `call-${count}`,
      type: 'track',
      event: name,
      anonymousId: user,
      properties: (options.properties ?? {}) as EventObservation['event']['properties'],
      context: contextOf(platform, version),
      timestamp: time,
      receivedAt: time,
      projectId: `project-${platform}`
    },
    deliveries
  }
}

function contextOf(platform: NonNullable<CallOptions['platform']>, version?: string) {
  if (platform === 'server') return { library: { name: 'analytics-node', version: '3' } }
  if (platform === 'web') return { library: { name: 'analytics.js', version: '1' }, userAgent: 'Mozilla/5.0' }
  return {
    library: { name: platform, version: '1' },
    app: { version },
    os: { name: platform },
    device: { type: platform }
  }
}

/** Returns a click that was sent, with a bid if it has one. */
export function click({ bid, product = 'yogurt', ...options }: CallOptions & { bid?: string; product?: string } = {}) {
  const made = call(options)
  const { messageId: id, timestamp, anonymousId } = made.event
  const wire = {
    id,
    occurredAt: String(timestamp),
    opaqueUserId: String(anonymousId),
    entity: { type: 'product' as const, id: product },
    ...(bid !== undefined && { resolvedBidId: bid })
  }
  return { ...made, deliveries: [{ mapping: 'Click', action: 'click', ok: true, sent: { clicks: [wire] } }] }
}

/** Returns an order of one product that was sent. */
export function order({
  product = 'yogurt',
  price = 10,
  line = {},
  ...options
}: CallOptions & { product?: string; price?: number; line?: Record<string, unknown> } = {}) {
  const properties = { currency: 'USD', products: [{ product_id: product, price, ...line }], ...options.properties }
  const made = call({ name: 'Order Completed', ...options, properties })
  const { messageId: id, timestamp, anonymousId } = made.event
  const items = [{ productId: product, unitPrice: price, quantity: 1 }]
  const wire = { id, occurredAt: String(timestamp), opaqueUserId: String(anonymousId), items }
  return { ...made, deliveries: [{ mapping: 'Purchase', action: 'purchase', ok: true, sent: { purchases: [wire] } }] }
}

/** Returns an order that failed for a reason. */
export function failedOrder(
  properties: Record<string, unknown>,
  reason: MappingDelivery['reason'],
  options: CallOptions = {}
) {
  const delivery = { mapping: 'Purchase', action: 'purchase', ok: false, reason }
  return call({ name: 'Order Completed', ...options, properties }, [delivery])
}

/** Returns something made for each number below a count. */
export function times<Item>(total: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: total }, (_, index) => make(index))
}
