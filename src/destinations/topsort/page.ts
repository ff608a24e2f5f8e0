import { simplify, toText, toTexts } from './text'
import type { Page } from './types'

/** What shops call each type of page, without `page`, `screen` or `view` at the end. */
const NAMES: Record<Exclude<Page['type'], 'other'>, string[]> = {
  home: ['home', 'front', 'index', 'landing', 'start'],
  category: [
    ...['category', 'productcategory', 'productlist', 'productlisting', 'plp', 'products', 'listing', 'collection'],
    ...['catalog', 'department']
  ],
  PDP: ['pdp', 'product', 'productdetail', 'productdetails', 'item'],
  search: ['search', 'searchresult', 'searchresults', 'serp'],
  cart: ['cart', 'shoppingcart', 'basket', 'bag', 'shoppingbag']
}

const TYPES = new Map(
  (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((type) => NAMES[type].map((name) => [name, type] as const))
)

/** A page as it arrives. `names` is what a page view is called, for a page without a type. */
type PageInput = { type?: unknown; pageId?: unknown; value?: unknown; title?: unknown; names?: unknown }

/**
 * Reads a page: its type by any of the names above, its id, and what it shows.
 * @param page `pageId` may be a list, of which the first that is not empty counts
 * @returns nothing without a `pageId`. `value` is a list for a cart only; several values of another page are omitted
 */
export function toPage(page?: PageInput): Page | undefined {
  const [pageId] = toTexts(page?.pageId)
  if (!page || !pageId) return undefined
  const type = toPageType(toText(page.type) ?? page.names)
  const values = toTexts(page.value)
  if (values.length > 1) return { type, pageId, value: type === 'cart' ? values : undefined }
  return { type, pageId, value: values[0] ?? toText(page.title) }
}

/** Returns the type of the first name that is known. */
function toPageType(value: unknown): Page['type'] {
  for (const name of toTexts(value)) {
    const type = TYPES.get(simplify(name).replace(/(page|screen|view)$/, ''))
    if (type) return type
  }
  return 'other'
}
