/** What a shop sent, of which nothing is certain. */
export type Properties = { readonly [key: string]: unknown }

/** @returns a trimmed text, or undefined for an empty one and for everything that is neither text nor number */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  return typeof value === 'string' ? value.trim() || undefined : undefined
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Returns the objects in `products`, which may be a list or a lone object. */
export function productsOf(properties: Properties = {}): Properties[] {
  const { products } = properties
  if (Array.isArray(products)) return products.filter(isRecord)
  return isRecord(products) ? [products] : []
}

/** Returns every id that may be the product's: shops send several, and the catalog knows one of them. */
export function productIdsOf({ product_id, productId, id, sku }: Properties = {}): string[] {
  return [product_id, productId, id, sku].flatMap((value) => toText(value) ?? [])
}

/** @returns the id of an entity such as `{type: 'product', id: 'p_1'}` */
export function entityId(entity: unknown): string | undefined {
  return isRecord(entity) ? toText(entity.id) : undefined
}

/** @returns the shop's own id of an order */
export function orderIdOf({ order_id, orderId }: Properties = {}): string | undefined {
  return toText(order_id) ?? toText(orderId)
}
