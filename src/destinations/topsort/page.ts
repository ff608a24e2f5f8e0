import { simplify, toText, toTexts } from './text'
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

/** A page in a payload. If `pageId`, `type` or `value` is empty, `otherIds`, `names` or `title` is used instead. */
type PageInput = {
  type?: unknown
  pageId?: unknown
  value?: unknown
  title?: unknown
  otherIds?: unknown
  names?: unknown
}

/**
 * Reads a page. Its type can have any of the names above.
 * @returns nothing if there is no id. Only the `value` of a cart can be a list. Other pages with several values have
 *   none
 */
export function toPage(page?: PageInput): Page | undefined {
  const pageId = toText(page?.pageId) ?? toTexts(page?.otherIds)[0]
  if (!page || !pageId) return undefined
  const type = toPageType(toText(page.type) ?? page.names)
  const values = toTexts(page.value)
  if (values.length > 1) return { type, pageId, value: type === 'cart' ? values : undefined }
  return { type, pageId, value: values[0] ?? toText(page.title) }
}

/** Returns the type of the first known name. */
function toPageType(value: unknown): Page['type'] {
  for (const name of toTexts(value)) {
    const type = TYPES.get(simplify(name).replace(/(page|screen|view)$/, ''))
    if (type) return type
  }
  return 'other'
}
