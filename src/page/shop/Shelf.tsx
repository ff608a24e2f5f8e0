import { useEffect, useState } from 'preact/hooks'
import { runListAuction } from './auctions'
import { makes } from './mistakes'
import { ProductTile } from './ProductTile'
import { arrange, type Placed } from './placed'
import type { ShopProduct } from './products'
import { track } from './tracking'
import type { Offer } from './offers'

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
  useEffect(() => void fillShelf(), [])

  async function fillShelf(): Promise<void> {
    const winners = offer ? [] : await runListAuction(products.map(({ id }) => id))
    const list = arrange(products, winners)
    setPlaced(list)
    await track('Product List Viewed', { list_id: name, products: list.map(toListItem) })
  }

  if (products.length === 0) return <p>Nothing here. Try another word.</p>
  return (
    <ul class="shelf" aria-label={name} aria-busy={placed === undefined}>
      {placed?.map((place) => (
        <ProductTile key={place.product.id} place={place} offer={offer} />
      ))}
    </ul>
  )
}

function toListItem({ product, position, resolvedBidId }: Placed) {
  const { id, name, price } = product
  return { product_id: id, name, price, position, ...(!makes('missing-bid') && { resolvedBidId }) }
}
