import { computed } from '@preact/signals'
import { findProduct, type ShopProduct } from './products'
import { keep } from './storage'

/** An order that was placed. */
export type Order = {
  id: string
  lines: { product: ShopProduct; quantity: number }[]
  /** Absent until the order is reported. */
  messageId?: string
}

/** The lines of the cart. */
export const cart = keep<readonly { id: string; quantity: number }[]>('cart', [])

/** The orders of this tab, so that a thank-you page can be reloaded. */
export const orders = keep<readonly Order[]>('orders', [])

/** The lines with their products. Products that are no longer in the catalogue are omitted. */
export const cartLines = computed(() =>
  cart.value.flatMap(({ id, quantity }) => {
    const product = findProduct(id)
    return product ? [{ product, quantity }] : []
  })
)

/** The number of items in the cart. */
export const cartSize = computed(() => cartLines.value.reduce((sum, { quantity }) => sum + quantity, 0))

/** Sums the prices of lines. */
export function totalOf(lines: Order['lines']): number {
  return lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0)
}

/** Puts one more item into the cart. */
export function addToCart(id: string): void {
  const line = cart.value.find((candidate) => candidate.id === id)
  setQuantity(id, (line?.quantity ?? 0) + 1)
}

/** Sets the number of items of a product in the cart. 0 removes the product. */
export function setQuantity(id: string, quantity: number): void {
  const index = cart.value.findIndex((line) => line.id === id)
  const lines = index === -1 ? [...cart.value, { id, quantity }] : cart.value.with(index, { id, quantity })
  cart.value = lines.filter((line) => line.quantity > 0)
}

/** Makes an order of the cart, and empties the cart. */
export function placeOrder(): Order {
  const order: Order = { id: `o_${crypto.randomUUID().slice(0, 8)}`, lines: cartLines.value }
  saveOrder(order)
  cart.value = []
  return order
}

/** Keeps an order. */
export function saveOrder(order: Order): void {
  orders.value = [...orders.value.filter(({ id }) => id !== order.id), order]
}
