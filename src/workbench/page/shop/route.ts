import { signal } from '@preact/signals'

/** A page of the shop. */
export type Route =
  | { page: 'home' | 'cart' }
  | { page: 'category' | 'product' | 'offer' | 'thanks'; id: string }
  | { page: 'search'; query: string }

/** One look at a page. Each gets auctions of its own, as each load of a real page does. */
export type Visit = { number: number; route: Route }

/** The current visit. It changes with the hash of the URL. */
export const visit = signal<Visit>({ number: 0, route: { page: 'home' } })

/** Reads the hash of a URL. An unknown page is the home page. */
export function parseRoute(hash: string): Route {
  const [page, ...rest] = hash.replace(/^#?\/?/, '').split('/')
  const value = decode(rest.join('/'))
  if (page === 'cart') return { page }
  if (page === 'search') return { page, query: value }
  const hasId = page === 'category' || page === 'product' || page === 'offer' || page === 'thanks'
  return hasId && value !== '' ? { page, id: value } : { page: 'home' }
}

/** Writes the path of a page: `/product/p_1`. */
export function toPath(route: Route): string {
  switch (route.page) {
    case 'home':
      return '/'
    case 'cart':
      return '/cart'
    case 'search':
      return `/search/${encodeURIComponent(route.query)}`
    default:
      return `/${route.page}/${encodeURIComponent(route.id)}`
  }
}

/** Writes a link to a page. */
export function toHash(route: Route): string {
  return `#${toPath(route)}`
}

/** Goes to a page. */
export function go(route: Route): void {
  const hash = toHash(route)
  if (location.hash === hash) startVisit()
  else location.hash = hash
}

/** Follows the URL from now on. */
export function followUrl(): void {
  startVisit()
  addEventListener('hashchange', startVisit)
}

function startVisit(): void {
  visit.value = { number: visit.value.number + 1, route: parseRoute(location.hash) }
  scrollTo(0, 0)
}

/** A link that somebody typed may have a `%` that encodes nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
