import { useEffect } from 'preact/hooks'
import { offers } from './clicks'
import { PromoBanner } from './PromoBanner'
import { findProduct, products, type ShopProduct, toName, toPrice } from './products'
import { Shelf } from './Shelf'
import { track, usePageView } from './tracking'
import { addToCart } from './cart'
import { ProductPicture } from './ProductPicture'
import { toHash } from './hash'

/** The first page: a banner, and all products. */
export function HomePage() {
  usePageView('Home', 'Home')
  return (
    <>
      <h1 class="visually-hidden">Corner Dairy</h1>
      <PromoBanner />
      <h2>Fresh today</h2>
      <Shelf name="Fresh today" products={products.value} />
    </>
  )
}

/** The products of a category. */
export function CategoryPage({ value: id }: { value: string }) {
  const name = toName(id)
  usePageView('Product List', name)
  return (
    <>
      <h1>{name}</h1>
      <Shelf name={name} products={products.value.filter(({ categories }) => categories.includes(id))} />
    </>
  )
}

/** The page that a banner leads to: the products of its vendor. */
export function OfferPage({ value: id }: { value: string }) {
  const vendorId = findProduct(id)?.vendorId ?? ''
  const title = `The best of ${toName(vendorId)}`
  const ofVendor = products.value.filter((product) => product.vendorId === vendorId)
  usePageView('Product List', title)
  return (
    <>
      <h1>{title}</h1>
      <Shelf name={title} products={ofVendor} offer={offers.value.find(({ productId }) => productId === id)} />
    </>
  )
}

/** The products whose name has each word of a query. */
export function SearchPage({ value: query }: { value: string }) {
  usePageView('Search', `Search: ${query}`)
  useEffect(() => void track('Products Searched', { query }), [])
  return (
    <>
      <h1>Results for “{query}”</h1>
      <Shelf name="Search results" products={products.value.filter((product) => fits(product, query))} />
    </>
  )
}

function fits({ name }: ShopProduct, query: string): boolean {
  const words = query.toLowerCase().split(/\s+/)
  return words.every((word) => name.toLowerCase().includes(word))
}

/** The page of a product. */
export function ProductPage({ value: id }: { value: string }) {
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
              <a href={toHash('category', category)}>{toName(category)}</a>
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

/** Says that a page has nothing to show, and leads to all products. */
export function EmptyPage({ title }: { title: string }) {
  return (
    <>
      <h1>{title}</h1>
      <p>
        <a href={toHash('home')}>See everything</a>
      </p>
    </>
  )
}
