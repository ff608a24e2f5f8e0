import { useEffect } from 'preact/hooks'
import { findOffer } from './offers'
import { PromoBanner } from './PromoBanner'
import { findProduct, products, type ShopProduct, toName } from './products'
import { Shelf } from './Shelf'
import { track } from './tracking'
import { usePageView } from './use-page-view'

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
export function CategoryPage({ id }: { id: string }) {
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
export function OfferPage({ id }: { id: string }) {
  const vendorId = findProduct(id)?.vendorId ?? ''
  const title = `The best of ${toName(vendorId)}`
  const ofVendor = products.value.filter((product) => product.vendorId === vendorId)
  usePageView('Product List', title)
  return (
    <>
      <h1>{title}</h1>
      <Shelf name={title} products={ofVendor} offer={findOffer(id)} />
    </>
  )
}

/** The products whose name has each word of a query. */
export function SearchPage({ query }: { query: string }) {
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
