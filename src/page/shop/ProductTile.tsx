import { addFromList, openProduct } from './clicks'
import type { Offer } from './offers'
import { ProductPicture } from './ProductPicture'
import { toName, toPrice } from './products'
import { toHash } from './hash'
import type { Placed } from './placed'
import './products.css'

/** A product in a list. */
export function ProductTile({ place, offer }: { place: Placed; offer?: Offer }) {
  const { product, resolvedBidId } = place
  const isSponsored = resolvedBidId !== undefined
  return (
    <li class="tile">
      <a
        class="tile-link"
        href={toHash({ page: 'product', id: product.id })}
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
