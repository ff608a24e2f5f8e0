/** The pages of the shop. All but the first two have a value in their links: an id, or the query of a search. */
const PAGES = ['home', 'cart', 'category', 'product', 'offer', 'thanks', 'search'] as const

/** The name of a page. */
export type PageName = (typeof PAGES)[number]

/** A page of the shop, with its value. */
export type Route = { page: PageName; value: string }

/** Reads the hash of a URL. An unknown page is the home page, and so is one without its id. */
export function parseRoute(hash: string): Route {
  const [name, ...rest] = hash.replace(/^#?\/?/, '').split('/')
  const value = decode(rest.join('/'))
  const page = PAGES.find((each) => each === name) ?? 'home'
  if (page === 'home' || page === 'cart') return { page, value: '' }
  return value === '' && page !== 'search' ? { page: 'home', value } : { page, value }
}

/** Writes the path of a page: `/product/p_1`. */
export function toPath(page: PageName, value = ''): string {
  if (page === 'home') return '/'
  return page === 'cart' ? '/cart' : `/${page}/${encodeURIComponent(value)}`
}

/** Writes a link to a page. */
export function toHash(page: PageName, value?: string): string {
  return `#${toPath(page, value)}`
}

/** Decodes a part of a URL. Returns it unchanged if it has an invalid `%`, as a typed link may have. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
