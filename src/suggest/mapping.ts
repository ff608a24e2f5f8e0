import type { InputField, JSONObject, JSONValue } from '@segment/actions-core'
import { isObject } from '../core'
import { at, firstOf } from '../destinations'
import type { Amounts } from './amounts'
import type { ProductList } from './candidates'
import { keysFor } from './choose'
import { type PathNode, toPath } from './paths'

/** The fields of an action. */
export type Fields = Readonly<Record<string, InputField>>

/** The paths that were chosen for an event. What is absent stays as it is. */
export type Paths = {
  list?: ProductList
  /** Where the product is. Empty if new mappings find it, and undefined if there is none. */
  product: readonly PathNode[] | undefined
  bids: readonly PathNode[]
  user: PathNode | undefined
  amounts?: Amounts
  vendor?: PathNode
  currency?: PathNode
  /** The number of an order that is reported more than once. */
  id?: PathNode
  /** Where a page view has its page. */
  page?: PathNode
}

/**
 * Returns a mapping with the paths that were chosen. All other fields stay as in `base`.
 *
 * @param preset the mapping of the preset, whose product a chosen default is
 */
export function buildMapping(base: JSONObject, preset: JSONObject, fields: Fields, paths: Paths): JSONObject {
  const { list, product, bids, user, currency, id, page } = paths
  const changes: Record<string, unknown> = {
    ...(id && { id: firstOf(toPath(id.keys), '$.messageId') }),
    ...(user && { opaqueUserId: firstOf(...unique([toPath(user.keys), '$.anonymousId', '$.userId'])) }),
    ...(currency && { currency: at(toPath(currency.keys)) }),
    ...(page && { page: changePage(fields.page, page) })
  }
  if (list) {
    const key = 'items' in fields ? 'items' : 'products'
    changes[key] = toList(list, paths, itemOf(base[key]), itemOf(fields[key].default))
  } else {
    if (product !== undefined) changes.productId = product.length > 0 ? read(product, list) : preset.productId
    if (bids.length > 0) changes.resolvedBidId = read(bids, list)
  }
  return { ...base, ...(changes as JSONObject) }
}

/** Returns what a directive makes of each item of a list. Undefined if it does not. */
function itemOf(directive: unknown): JSONObject | undefined {
  const parts = (Object(directive) as { '@arrayPath'?: unknown })['@arrayPath']
  return Array.isArray(parts) && isObject(parts[1]) ? (parts[1] as JSONObject) : undefined
}

/** Returns the directive of a list of lines or products. What was not chosen stays as it is. */
function toList(list: ProductList, paths: Paths, own: JSONObject | undefined, usual: JSONObject = {}): JSONValue {
  const { product = [], bids, amounts, vendor } = paths
  const item: Record<string, unknown> = {
    ...(own ?? usual),
    productId: product.length > 0 ? read(product, list) : usual.productId,
    ...(bids.length > 0 && { resolvedBidId: read(bids, list) }),
    ...(vendor && { vendorId: read([vendor], list) })
  }
  if (amounts) {
    const [right, wrong] = amounts.isLineTotal ? ['lineTotal', 'unitPrice'] : ['unitPrice', 'lineTotal']
    Reflect.deleteProperty(item, wrong)
    item[right] = read([amounts.price], list)
    if (amounts.quantity) item.quantity = read([amounts.quantity], list)
  }
  return { '@arrayPath': [toPath(list.node.keys), item as JSONObject] }
}

/** Puts the path of a page before those where a new mapping looks for it. */
function changePage(field: InputField, page: PathNode): JSONValue {
  const merged = structuredClone(field.default) as { '@merge': { objects: [Record<string, unknown>, unknown] } }
  merged['@merge'].objects[0].pageId = firstOf(toPath(page.keys), '$.context.page.path')
  return merged as unknown as JSONValue
}

function read(nodes: readonly PathNode[], list: ProductList | undefined): ReturnType<typeof at> {
  const [first, ...others] = unique(nodes.map((node) => toPath(keysFor(node, list))))
  return firstOf(first, ...others)
}

function unique(texts: readonly string[]): [string, ...string[]] {
  return [...new Set(texts)] as [string, ...string[]]
}
