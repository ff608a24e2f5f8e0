import { createChecks } from '..'
import type {
  AuctionObservation,
  ChecksOptions,
  DirectObservation,
  EventObservation,
  Finding,
  LinkObservation,
  MappingDelivery,
  Observation,
  Winner,
  WireEvents
} from '..'

const NOON = Date.parse('2026-03-01T12:00:00.000Z')

/** Converts seconds after noon of the test day to milliseconds since 1970. */
export function clock(seconds: number): number {
  return NOON + seconds * 1_000
}

/** Converts seconds after noon of the test day to ISO 8601. */
export function iso(seconds: number): string {
  return new Date(clock(seconds)).toISOString()
}

/** Options for an event. The default is an ordinary event of the shopper `anna`. */
export type EventOptions = {
  id?: string
  /** Seconds after noon. */
  at?: number
  /** Seconds after noon. Default: the time of the event. */
  receivedAt?: number
  name?: string
  anonymousId?: string | null
  userId?: string
  properties?: NonNullable<EventObservation['event']['properties']>
  mapping?: string
  delivery?: Partial<MappingDelivery>
}

let count = 0

/** Returns an event with one delivery. `toSent` makes the events that were sent for it. */
export function event(options: EventOptions, action: string, toSent: (base: Base) => WireEvents): EventObservation {
  const {
    id = `message-${(count += 1)}`,
    at = 0,
    receivedAt = at,
    anonymousId = 'anna',
    userId,
    properties = {}
  } = options
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  const opaqueUserId = text(properties.opaqueUserId) ?? anonymousId ?? userId ?? ''
  const sent = toSent({ id, occurredAt: iso(at), opaqueUserId })
  return {
    kind: 'event',
    event: {
      messageId: id,
      type: 'track',
      event: options.name,
      ...(anonymousId === null ? {} : { anonymousId }),
      userId,
      properties,
      timestamp: iso(at),
      receivedAt: iso(receivedAt)
    },
    deliveries: [{ mapping: options.mapping ?? action, action, ok: true, sent, ...options.delivery }]
  }
}

type Base = { id: string; occurredAt: string; opaqueUserId: string }

function interaction(base: Base, properties: Record<string, unknown> = {}) {
  const { product_id, resolvedBidId, additionalAttribution, position } = properties
  return {
    ...base,
    ...(typeof product_id === 'string' ? { entity: { type: 'product' as const, id: product_id } } : {}),
    ...(typeof resolvedBidId === 'string' ? { resolvedBidId } : {}),
    ...(additionalAttribution
      ? { additionalAttribution: additionalAttribution as { type: 'product'; id: string } }
      : {}),
    ...(typeof position === 'number' ? { placement: { path: '/', position } } : {})
  }
}

/** Returns a view of the product `yogurt`, unless the properties have another one. */
export function viewed(options: EventOptions = {}): EventObservation {
  const properties = { product_id: 'yogurt', ...options.properties }
  return event({ name: 'Product Viewed', ...options, properties }, 'impression', (base) => ({
    impressions: [interaction(base, properties)]
  }))
}

/** Returns a click on the product `yogurt`, unless the properties have another one. */
export function clicked(options: EventOptions = {}): EventObservation {
  const properties = { product_id: 'yogurt', ...options.properties }
  return event({ name: 'Product Clicked', ...options, properties }, 'click', (base) => ({
    clicks: [interaction(base, properties)]
  }))
}

/** Returns a click on a banner. */
export function bannerClicked(options: EventOptions = {}): EventObservation {
  return event({ name: 'Banner Click', ...options }, 'click', (base) => ({
    clicks: [interaction(base, options.properties)]
  }))
}

type Line = { product_id?: string; price?: unknown; quantity?: number; vendorId?: string; brand?: string }

/** Returns an order of one yogurt, unless it gets other lines. */
export function ordered({
  lines = [{ product_id: 'yogurt', price: 2.5, vendorId: 'dairy' }],
  orderId,
  ...options
}: EventOptions & { lines?: Line[]; orderId?: string } = {}): EventObservation {
  const properties = { products: lines as never, ...(orderId ? { order_id: orderId } : {}), ...options.properties }
  const items = lines.flatMap(({ product_id, price, quantity, vendorId, brand }) => {
    if (!product_id || typeof price !== 'number' || price <= 0) return []
    return [{ productId: product_id, unitPrice: price, quantity, vendorId: vendorId ?? brand }]
  })
  return event({ name: 'Order Completed', ...options, properties }, 'purchase', (base) => ({
    purchases: items.length > 0 ? [{ ...base, items }] : []
  }))
}

type Tile = {
  product_id?: string
  name?: string
  position?: number | string
  resolvedBidId?: string
  entity?: { type: string; id: string }
}

/** Returns a list of products, each with its own impression. */
export function listed({ products, ...options }: EventOptions & { products: Tile[] }): EventObservation {
  const properties = { products: products as never, ...options.properties }
  return event({ name: 'Product List Viewed', ...options, properties }, 'impressionsList', (base) => ({
    impressions: products.flatMap((product, index) => {
      if (!product.product_id && !product.resolvedBidId) return []
      return [interaction({ ...base, id: `${base.id}-${index}` }, product)]
    })
  }))
}

/** Returns an identify call, which no mapping takes. */
export function identified(options: EventOptions): EventObservation {
  const { event: call } = event(options, 'none', () => ({}))
  return { kind: 'event', event: { ...call, type: 'identify' }, deliveries: [] }
}

/** Returns an auction of `anna`, unless it gets another user. `user: null` makes an auction without a user. */
export function auction({
  at = 0,
  user = 'anna',
  winners
}: {
  at?: number
  user?: string | null
  winners: (Partial<Winner> & { resolvedBidId: string })[]
}): AuctionObservation {
  return {
    kind: 'auction',
    time: clock(at),
    ...(user === null ? {} : { opaqueUserId: user }),
    winners: winners.map((winner) => ({ type: 'product', id: 'yogurt', ...winner }))
  }
}

export function direct(sent: WireEvents, receivedAt = 0): DirectObservation {
  return { kind: 'direct', receivedAt: iso(receivedAt), sent }
}

export function link(from: string, to: string): LinkObservation {
  return { kind: 'link', from, to }
}

/** Returns all findings in these observations. */
export function findingsOf(observations: readonly Observation[], options?: ChecksOptions): Finding[] {
  const checks = createChecks(options)
  for (const observation of observations) checks.observe(observation)
  return checks.findings()
}

/** Returns the count of each finding in these observations. */
export function countsOf(observations: readonly Observation[], options?: ChecksOptions): Record<string, number> {
  return Object.fromEntries(findingsOf(observations, options).map(({ code, count }) => [code, count]))
}
