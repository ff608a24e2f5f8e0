import { computed, signal } from '@preact/signals'
import { findProduct, type ShopProduct } from './products'
import { storeAs } from './storage'

/** A line of the cart, and later of the order. */
export type CartLine = { id: string; quantity: number }

/** An order that was placed. */
export type Order = {
  id: string
  lines: { product: ShopProduct; quantity: number }[]
  /** Absent until the order is reported. */
  messageId?: string
}

const storedCart = storeAs<CartLine[]>('cart')

/** The lines of the cart. */
export const cart = signal<CartLine[]>(storedCart.read() ?? [])

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
  const isKnown = cart.value.some((line) => line.id === id)
  const lines = isKnown
    ? cart.value.map((line) => (line.id === id ? { id, quantity } : line))
    : [...cart.value, { id, quantity }]
  cart.value = lines.filter((line) => line.quantity > 0)
  storedCart.write(cart.value)
}

/** Makes an order of the cart, and empties the cart. */
export function placeOrder(): Order {
  const order: Order = { id: `o_${crypto.randomUUID().slice(0, 8)}`, lines: cartLines.value }
  saveOrder(order)
  cart.value = []
  storedCart.write([])
  return order
}

/** Keeps an order, so that its thank-you page can be reloaded. */
export function saveOrder(order: Order): void {
  storedOrder(order.id).write(order)
}

/** Finds an order of this tab. */
export function findOrder(id: string): Order | undefined {
  return storedOrder(id).read()
}

function storedOrder(id: string) {
  return storeAs<Order>(`order.${id}`)
}
