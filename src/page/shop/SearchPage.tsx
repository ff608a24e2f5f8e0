import { useEffect } from 'preact/hooks'
import { products } from './products'
import type { ShopProduct } from './products'
import { Shelf } from './Shelf'
import { track } from './tracking'
import { usePageView } from './use-page-view'

/** The products whose name has each word of a query. */
export function SearchPage({ query }: { query: string }) {
  usePageView('Search', `Search: ${query}`)
  useEffect(() => {
    void track('Products Searched', { query })
  }, [])
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
