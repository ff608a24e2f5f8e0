import { PromoBanner } from './PromoBanner'
import { products } from './products'
import { Shelf } from './Shelf'
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
