import { cartSize } from './cart'
import { categories, toName } from './products'
import { toHash } from './hash'
import { go, visit } from './route'

/** The head of each page: the name of the shop, the search, the cart and the categories. */
export function ShopHeader() {
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
