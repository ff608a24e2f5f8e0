import { useEffect } from 'preact/hooks'
import { addToCart } from './cart'
import { EmptyPage } from './EmptyPage'
import { ProductPicture } from './ProductPicture'
import { findProduct, type ShopProduct, toName, toPrice } from './products'
import { toHash } from './hash'
import { track } from './tracking'
import { usePageView } from './use-page-view'

/** The page of a product. */
export function ProductPage({ id }: { id: string }) {
  const product = findProduct(id)
  return product ? <KnownProductPage product={product} /> : <UnknownProductPage />
}

function KnownProductPage({ product }: { product: ShopProduct }) {
  const { id, name, price, vendorId, categories } = product
  usePageView('Product', name)
  useEffect(() => {
    // Without the bid, because the ad was seen in the list. Another impression with it would be billed again.
    void track('Product Viewed', { product_id: id, name, price })
  }, [])
  return (
    <article class="product">
      <div class="product-picture">
        <ProductPicture product={product} isLarge />
      </div>
      <div class="stack">
        <p class="tile-vendor">{toName(vendorId)}</p>
        <h1>{name}</h1>
        <p class="price price-large">{toPrice(price)}</p>
        <p>Made in small batches, cooled on the way, and here since this morning.</p>
        <ul class="tags row">
          {categories.map((category) => (
            <li key={category}>
              <a href={toHash({ page: 'category', id: category })}>{toName(category)}</a>
            </li>
          ))}
        </ul>
        <button
          type="button"
          class="add add-large"
          onClick={() => {
            addToCart(id)
            void track('Product Added', { product_id: id, name, price, quantity: 1 })
          }}
        >
          Add to cart
        </button>
      </div>
    </article>
  )
}

function UnknownProductPage() {
  usePageView('Product', 'Not found')
  return <EmptyPage title="There is no such product" />
}
