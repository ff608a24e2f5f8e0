import type { ShopWinner } from './auctions'
import type { ShopProduct } from './products'

/** A product in its place of a list. */
export type Placed = {
  product: ShopProduct
  /** Counts from 1. */
  position: number
  /** The bid with which the product won this place. */
  resolvedBidId?: string
}

/** Puts each product in one place: the winners first, as they won, and the others after them. */
export function arrange(products: ShopProduct[], winners: ShopWinner[]): Placed[] {
  const won = winners.flatMap(({ id, resolvedBidId }) => {
    const product = products.find((candidate) => candidate.id === id)
    return product ? [{ product, resolvedBidId }] : []
  })
  const others = products.filter(({ id }) => !won.some(({ product }) => product.id === id))
  return [...won, ...others.map((product) => ({ product }))].map((place, index) => ({ ...place, position: index + 1 }))
}
