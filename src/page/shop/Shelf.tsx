import { useEffect, useState } from 'preact/hooks'
import { runListAuction } from './auctions'
import type { ShopWinner } from './auctions'
import { makes } from './mistakes'
import { ProductTile } from './ProductTile'
import type { ShopProduct } from './products'
import { track } from './tracking'
import type { Offer } from './offers'

/** A product in its place of a list. */
export type Placed = {
  product: ShopProduct
  /** Counts from 1. */
  position: number
  /** The bid with which the product won this place. */
  resolvedBidId?: string
}

type Props = {
  /** Names the list to screen readers, and in the event. */
  name: string
  products: ShopProduct[]
  /** The banner that led here. There is no auction then, and clicks carry the bid of the banner. */
  offer?: Offer
}

/** A list of products. The winners of its auction stand first. */
export function Shelf({ name, products, offer }: Props) {
  const [placed, setPlaced] = useState<Placed[]>()
  useEffect(() => {
    void fillShelf()
  }, [])

  async function fillShelf(): Promise<void> {
    const winners = offer ? [] : await runListAuction(products.map(({ id }) => id))
    const list = arrange(products, winners)
    setPlaced(list)
    await track('Product List Viewed', { list_id: name, products: list.map(toListItem) })
  }

  if (products.length === 0) return <p class="nothing">Nothing here. Try another word.</p>
  return (
    <ul class="shelf" aria-label={name} aria-busy={placed === undefined}>
      {placed?.map((place) => (
        <ProductTile key={place.product.id} place={place} offer={offer} />
      ))}
    </ul>
  )
}

/** Puts each product in one place: the winners first, as they won, and the others after them. */
function arrange(products: ShopProduct[], winners: ShopWinner[]): Placed[] {
  const won = winners.flatMap(({ id, resolvedBidId }) => {
    const product = products.find((candidate) => candidate.id === id)
    return product ? [{ product, resolvedBidId }] : []
  })
  const others = products.filter(({ id }) => !won.some(({ product }) => product.id === id))
  return [...won, ...others.map((product) => ({ product }))].map((place, index) => ({ ...place, position: index + 1 }))
}

function toListItem({ product, position, resolvedBidId }: Placed) {
  const { id, name, price } = product
  return { product_id: id, name, price, position, ...(!makes('missing-bid') && { resolvedBidId }) }
}
