/** A page of the shop. */
export type Route =
  | { page: 'home' | 'cart' }
  | { page: 'category' | 'product' | 'offer' | 'thanks'; id: string }
  | { page: 'search'; query: string }

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

/** Decodes a part of a URL. Returns it unchanged if it has an invalid `%`, as a typed link may have. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
