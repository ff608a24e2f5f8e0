import { useEffect, useState } from 'preact/hooks'
import { Backstage } from './Backstage'
import { CartPage } from './CartPage'
import { CategoryPage, HomePage, OfferPage, SearchPage } from './ListPages'
import { problem } from './problem'
import { ProductPage } from './ProductPage'
import { loadProducts } from './products'
import { visit } from './route'
import type { Route } from './hash'
import { ShopHeader } from './ShopHeader'
import { ThanksPage } from './ThanksPage'

/** The whole shop: its pages, and beside them what happens behind the counter. */
export function Shop() {
  const [failure, setFailure] = useState<string>()
  const [isReady, setIsReady] = useState(false)
  useEffect(() => {
    loadProducts().then(
      () => setIsReady(true),
      (error: unknown) => setFailure((error as Error).message)
    )
  }, [])

  const { number, route } = visit.value
  return (
    <div class="layout">
      <div class="shop">
        <ShopHeader />
        <main class="main" id="main" tabIndex={-1}>
          {failure !== undefined && <p class="problem">The shop is closed: {failure}</p>}
          {problem.value !== undefined && (
            <p class="problem" role="status">
              {problem.value}
            </p>
          )}
          {isReady && <Page key={number} route={route} />}
        </main>
        <footer class="shop-footer">
          <p>A demo shop of the Topsort workbench. Nothing is sold here, and nothing leaves this machine.</p>
        </footer>
        <button type="button" class="to-backstage" onClick={showBackstage}>
          Behind the counter
        </button>
      </div>
      <Backstage />
    </div>
  )
}

/** In a narrow window it lies below the shop. */
function showBackstage(): void {
  const heading = document.getElementById('backstage')
  heading?.scrollIntoView()
  heading?.focus()
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'home':
      return <HomePage />
    case 'category':
      return <CategoryPage id={route.id} />
    case 'search':
      return <SearchPage query={route.query} />
    case 'offer':
      return <OfferPage id={route.id} />
    case 'product':
      return <ProductPage id={route.id} />
    case 'cart':
      return <CartPage />
    case 'thanks':
      return <ThanksPage id={route.id} />
  }
}
