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

/** Milliseconds since 1970 of a time of the tests' day, given in seconds after noon. */
export function clock(seconds: number): number {
  return NOON + seconds * 1_000
}

/** The same as ISO 8601. */
export function iso(seconds: number): string {
  return new Date(clock(seconds)).toISOString()
}

/** What a test says about an event; everything else is an ordinary event of the shopper `anna`. */
export type Told = {
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

/** An event of this name, with the events that were sent for it. */
export function event(told: Told, action: string, toSent: (base: Base) => WireEvents): EventObservation {
  const {
    id = `message-${(count += 1)}`,
    at = 0,
    receivedAt = at,
    anonymousId = 'anna',
    userId,
    properties = {}
  } = told
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  const opaqueUserId = text(properties.opaqueUserId) ?? anonymousId ?? userId ?? ''
  const sent = toSent({ id, occurredAt: iso(at), opaqueUserId })
  return {
    kind: 'event',
    event: {
      messageId: id,
      type: 'track',
      event: told.name,
      ...(anonymousId === null ? {} : { anonymousId }),
      userId,
      properties,
      timestamp: iso(at),
      receivedAt: iso(receivedAt)
    },
    deliveries: [
      { mapping: told.mapping ?? action, action, ok: true, status: 204, message: '', sent, ...told.delivery }
    ]
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

/** A view of the product `yogurt` unless its properties say otherwise. */
export function viewed(told: Told = {}): EventObservation {
  const properties = { product_id: 'yogurt', ...told.properties }
  return event({ name: 'Product Viewed', ...told, properties }, 'impression', (base) => ({
    impressions: [interaction(base, properties)]
  }))
}

/** A click on the product `yogurt` unless its properties say otherwise. */
export function clicked(told: Told = {}): EventObservation {
  const properties = { product_id: 'yogurt', ...told.properties }
  return event({ name: 'Product Clicked', ...told, properties }, 'click', (base) => ({
    clicks: [interaction(base, properties)]
  }))
}

/** A click on a banner. */
export function bannerClicked(told: Told = {}): EventObservation {
  return event({ name: 'Banner Click', ...told }, 'click', (base) => ({ clicks: [interaction(base, told.properties)] }))
}

type Line = { product_id?: string; price?: unknown; quantity?: number; vendorId?: string; brand?: string }

/** An order of one yogurt unless its lines say otherwise. */
export function ordered({
  lines = [{ product_id: 'yogurt', price: 2.5, vendorId: 'dairy' }],
  orderId,
  ...told
}: Told & { lines?: Line[]; orderId?: string } = {}): EventObservation {
  const properties = { products: lines as never, ...(orderId ? { order_id: orderId } : {}), ...told.properties }
  const items = lines.flatMap(({ product_id, price, quantity, vendorId, brand }) => {
    if (!product_id || typeof price !== 'number' || price <= 0) return []
    return [{ productId: product_id, unitPrice: price, quantity, vendorId: vendorId ?? brand }]
  })
  return event({ name: 'Order Completed', ...told, properties }, 'purchase', (base) => ({
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

/** A list of products, each with an impression of its own. */
export function listed({ products, ...told }: Told & { products: Tile[] }): EventObservation {
  const properties = { products: products as never, ...told.properties }
  return event({ name: 'Product List Viewed', ...told, properties }, 'impressionsList', (base) => ({
    impressions: products.flatMap((product, index) => {
      if (!product.product_id && !product.resolvedBidId) return []
      return [interaction({ ...base, id: `${base.id}-${index}` }, product)]
    })
  }))
}

/** An identify call, which no mapping takes. */
export function identified(told: Told): EventObservation {
  const { event: call } = event(told, 'none', () => ({}))
  return { kind: 'event', event: { ...call, type: 'identify' }, deliveries: [] }
}

/** An auction of `anna` unless it says otherwise. `user: null` is an auction without a user. */
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

/** All findings in these observations. */
export function findingsOf(observations: readonly Observation[], options?: ChecksOptions): Finding[] {
  const checks = createChecks(options)
  for (const observation of observations) checks.observe(observation)
  return checks.findings()
}

/** The count of each code that is found in these observations. */
export function countsOf(observations: readonly Observation[], options?: ChecksOptions): Record<string, number> {
  return Object.fromEntries(findingsOf(observations, options).map(({ code, count }) => [code, count]))
}
