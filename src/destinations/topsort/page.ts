import { simplify, toOptionalId, toText, toTexts } from './text'
import type { Page } from './types'

/** The names that shops use for each type of page, without `page`, `screen` or `view` at the end. */
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
 * Reads a page. Its type can have any of the names above. A page without a known type is `other`.
 * @returns nothing if there is no id. Only the `value` of a cart can be a list. Other pages with several values have
 *   none
 */
export function toPage(page?: { [Key in keyof Page]?: unknown }): Page | undefined {
  const pageId = toOptionalId(page?.pageId)
  if (!page || !pageId) return undefined
  const type = TYPES.get(simplify(toText(page.type) ?? '').replace(/(page|screen|view)$/, '')) ?? 'other'
  const values = toTexts(page.value)
  if (values.length > 1) return { type, pageId, value: type === 'cart' ? values : undefined }
  return { type, pageId, value: values[0] }
}
