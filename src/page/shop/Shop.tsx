import { useEffect, useState } from 'preact/hooks'
import { Backstage } from './Backstage'
import { CartPage } from './CartPage'
import { CategoryPage, HomePage, OfferPage, ProductPage, SearchPage } from './pages'
import { type Route, toHash } from './hash'
import { go, problem, visit } from './route'
import { categories, loadProducts, toName } from './products'
import { ThanksPage } from './ThanksPage'
import { cartSize } from './cart'

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

/** The head of each page: the name of the shop, the search, the cart and the categories. */
function ShopHeader() {
  const { route } = visit.value
  const query = route.page === 'search' ? route.query : ''
  return (
    <header class="shop-header">
      <div class="shop-bar row">
        <a class="shop-name" href={toHash({ page: 'home' })}>
          <Logo />
          Corner Dairy
        </a>
        <form
          class="search"
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            const value = new FormData(event.currentTarget).get('query')
            if (typeof value === 'string' && value.trim() !== '') go({ page: 'search', query: value.trim() })
          }}
        >
          <label class="visually-hidden" for="query">
            Search the shop
          </label>
          <input
            key={query}
            id="query"
            name="query"
            type="search"
            placeholder="Search: oat, yogurt…"
            defaultValue={query}
          />
        </form>
        <a class="cart-link" href={toHash({ page: 'cart' })}>
          Cart
          <span class="cart-count">
            {cartSize.value}
            <span class="visually-hidden"> items</span>
          </span>
        </a>
      </div>
      <nav aria-label="Categories">
        <ul class="categories">
          <li>
            <a href={toHash({ page: 'home' })} aria-current={route.page === 'home' ? 'page' : undefined}>
              Everything
            </a>
          </li>
          {categories.value.map((id) => (
            <li key={id}>
              <a
                href={toHash({ page: 'category', id })}
                aria-current={route.page === 'category' && route.id === id ? 'page' : undefined}
              >
                {toName(id)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  )
}

function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <path class="logo-awning" d="M3 5h26l2 8a4 4 0 0 1-7 2 4 4 0 0 1-8 0 4 4 0 0 1-8 0 4 4 0 0 1-7-2z" />
      <path class="logo-house" d="M6 19v9h20v-9" />
      <path class="logo-door" d="M13 28v-6h6v6" />
    </svg>
  )
}
