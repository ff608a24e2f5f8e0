import type { ComponentType } from 'preact'
import { useAnswer } from '../hooks'
import { Backstage } from './Backstage'
import { CartPage } from './CartPage'
import { CategoryPage, HomePage, OfferPage, ProductPage, SearchPage } from './pages'
import { type PageName, toHash } from './hash'
import { go, problem, visit } from './route'
import { categories, loadProducts, toName } from './products'
import { ThanksPage } from './ThanksPage'
import { cartSize } from './cart'

/** The whole shop: its pages, and beside them what happens behind the counter. */
export function Shop() {
  const { answer: isReady, problem: failure } = useAnswer(loadProducts)

  const { number, route } = visit.value
  const { page, value } = route
  const Page = PAGES[page]
  return (
    <div class="layout">
      <div class="shop">
        <ShopHeader />
        <main class="main" id="main" tabIndex={-1}>
          {failure !== '' && <p class="problem">The shop is closed: {failure}</p>}
          {problem.value !== undefined && (
            <p class="problem" role="status">
              {problem.value}
            </p>
          )}
          {isReady && <Page key={number} value={value} />}
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

const PAGES: Record<PageName, ComponentType<{ value: string }>> = {
  home: HomePage,
  cart: CartPage,
  category: CategoryPage,
  product: ProductPage,
  offer: OfferPage,
  thanks: ThanksPage,
  search: SearchPage
}

/** The head of each page: the name of the shop, the search, the cart and the categories. */
function ShopHeader() {
  const { page, value: shown } = visit.value.route
  const query = page === 'search' ? shown : ''
  return (
    <header class="shop-header">
      <div class="shop-bar row">
        <a class="shop-name" href={toHash('home')}>
          <Logo />
          Corner Dairy
        </a>
        <form
          class="search"
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            const value = new FormData(event.currentTarget).get('query')
            if (typeof value === 'string' && value.trim() !== '') go('search', value.trim())
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
        <a class="cart-link" href={toHash('cart')}>
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
            <a href={toHash('home')} aria-current={page === 'home' ? 'page' : undefined}>
              Everything
            </a>
          </li>
          {categories.value.map((id) => (
            <li key={id}>
              <a href={toHash('category', id)} aria-current={page === 'category' && shown === id ? 'page' : undefined}>
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
