import { simplify, toTexts } from './text'
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

/**
 * Reads a page: its type by any of the names above, its id, and what it shows.
 * @param page `type` and `pageId` may be lists: the first known type and the first id that is not empty count
 * @returns nothing without a `pageId`. `value` is a list for a cart only; several values of another page are omitted
 */
export function toPage(page?: { type?: unknown; pageId?: unknown; value?: unknown }): Page | undefined {
  const pageId = toTexts(page?.pageId)[0]
  if (!page || !pageId) return undefined
  const type = toPageType(page.type)
  const values = toTexts(page.value)
  return { type, pageId, value: values.length > 1 ? (type === 'cart' ? values : undefined) : values[0] }
}

function toPageType(value: unknown): Page['type'] {
  for (const name of toTexts(value)) {
    const type = TYPES.get(simplify(name).replace(/(page|screen|view)$/, ''))
    if (type) return type
  }
  return 'other'
}
