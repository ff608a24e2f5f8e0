import { useEffect, useState } from 'preact/hooks'
import { arrange, type Placed, runListAuction } from './auctions'
import { makes } from './mistakes'
import { type ShopProduct, toName, toPrice } from './products'
import { track } from './tracking'
import { addFromList, type Offer, openProduct } from './clicks'
import { ProductPicture } from './ProductPicture'
import { toHash } from './hash'
import './products.css'

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

function ProductTile({ place, offer }: { place: Placed; offer?: Offer }) {
  const { product, resolvedBidId } = place
  const isSponsored = resolvedBidId !== undefined
  return (
    <li class="tile">
      <a
        class="tile-link"
        href={toHash('product', product.id)}
        onClick={(event) => {
          event.preventDefault()
          void openProduct(place, offer)
        }}
      >
        <ProductPicture product={product} />
        <span class="tile-name">{product.name}</span>
      </a>
      <p class="row row-between tile-vendor">
        {toName(product.vendorId)}
        {isSponsored && <span class="badge tone-waiting sponsored">Sponsored</span>}
      </p>
      <div class="row row-between tile-buy">
        <span class="price">{toPrice(product.price)}</span>
        <button
          type="button"
          class="add"
          aria-label={`Add ${product.name} to the cart`}
          onClick={() => void addFromList(place, offer)}
        >
          Add
        </button>
      </div>
    </li>
  )
}
