import { hashId, isObject } from '../core'

/** Properties of an event. A shop can send any value in them. */
export type Properties = { readonly [key: string]: unknown }

/** Returns a string or a number as trimmed text, and undefined for an empty string or any other value. */
export function readText(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  return typeof value === 'string' ? value.trim() || undefined : undefined
}

/** Returns the objects in `products`, which may be a list or one object. */
export function readProducts(properties: Properties = {}): Properties[] {
  const { products } = properties
  if (Array.isArray(products)) return products.filter(isObject)
  return isObject(products) ? [products] : []
}

/** Returns all ids that may identify the product. Shops send several, and only one of them is in Topsort's catalog. */
export function readProductIds({ product_id, productId, id, sku }: Properties = {}): string[] {
  const ids: string[] = []
  for (const value of [product_id, productId, id, sku]) {
    const text = readText(value)
    if (text !== undefined) ids.push(text)
  }
  return ids
}

/** Returns the id of an entity such as `{type: 'product', id: 'p_1'}`. */
export function readEntityId(entity: unknown): string | undefined {
  return isObject(entity) ? readText(entity.id) : undefined
}

/** The names under which shops send the id of an order, the surest first. */
export const ORDER_IDS = [
  'order_id',
  'orderId',
  'orderID',
  'transaction_id',
  'transactionId',
  'order_number',
  'orderNumber',
  'order_no',
  'orderNo',
  'purchase_id',
  'checkout_id',
  'checkoutId'
] as const

/** Returns the shop's own id of an order. */
export function readOrderId(properties: Properties = {}): string | undefined {
  for (const name of ORDER_IDS) {
    const id = readText(properties[name])
    if (id !== undefined) return id
  }
  return undefined
}

/**
 * The longest id that is kept whole. Real bids have about 240 characters. The limit bounds the memory of the window.
 */
const MAX_ID_LENGTH = 512

/** Shortens a very long id. Different ids stay different. */
export function shortenId(id: string): string {
  return id.length > MAX_ID_LENGTH ? `${id.slice(0, 200)}…${digest(id)}` : id
}

/** Returns a short text that is different for different texts. */
export function digest(text: string): string {
  const { low, high } = hashId(text)
  return high.toString(36) + low.toString(36)
}
