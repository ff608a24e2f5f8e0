import { isObject } from '../../core'
import type { EventObservation, MappingDelivery } from '../observation'
import { readText } from '../properties'

type Wire = NonNullable<MappingDelivery['sent']>
/** A click as it is sent. */
export type Click = NonNullable<Wire['clicks']>[number]

/** An order as it is sent. */
export type Purchase = NonNullable<Wire['purchases']>[number]

/** Returns the product that a click or an impression is about: its own, or that of the banner before it. */
export function productOf({ additionalAttribution, entity }: Click): string | undefined {
  for (const each of [additionalAttribution, entity]) if (each?.type === 'product') return each.id
  return undefined
}

/** The lines of an order that was sent. */
export type SentOrder = {
  user: string
  /** When the call happened, in milliseconds since 1970. */
  time: number
  currency: string | null
  lines: { product: string; revenue: number }[]
}

/** Returns an order that was sent, with the revenue of each line. */
export function readSentOrder({ event }: EventObservation, purchase: Purchase, time: number): SentOrder {
  const currency = readText(event.properties?.currency) ?? null
  const lines = purchase.items.map(({ productId, unitPrice, quantity = 1 }) => {
    return { product: productId, revenue: unitPrice * quantity }
  })
  return { user: purchase.opaqueUserId, time, currency, lines }
}

/** Returns the two ids that a delivery has linked. */
export function readLink({ ok, action, sent }: MappingDelivery): { from: string; to: string } | undefined {
  if (action !== 'linkUsers' || !ok || !isObject(sent)) return undefined
  const { from, to } = sent as { from?: unknown; to?: unknown }
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : undefined
}
