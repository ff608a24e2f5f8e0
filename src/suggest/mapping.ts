import type { InputField, JSONObject, JSONValue } from '@segment/actions-core'
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
  /** Where the product is. Empty if new mappings find it. */
  product: readonly PathNode[]
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

/** The list that new mappings read. */
const DEFAULT_LIST = '$.properties.products'

/** Returns a mapping with the paths that were chosen. All other fields are as in `base`. */
export function buildMapping(base: JSONObject, fields: Fields, paths: Paths): JSONObject {
  const { list, product, bids, user, currency, id, page } = paths
  const changes: Record<string, unknown> = {
    ...(id && { id: firstOf(toPath(id.keys), '$.messageId') }),
    ...(user && { opaqueUserId: firstOf(...unique([toPath(user.keys), '$.anonymousId', '$.userId'])) }),
    ...(currency && { currency: at(toPath(currency.keys)) })
  }
  if (list) {
    const key = 'items' in fields ? 'items' : 'products'
    const changed = changeList(fields[key], list, paths)
    if (changed) changes[key] = changed
  } else {
    if (product.length > 0) changes.productId = read(product, list)
    if (bids.length > 0) changes.resolvedBidId = read(bids, list)
  }
  if (page) changes.page = changePage(fields.page, page)
  return { ...base, ...(changes as JSONObject) }
}

/** Returns the directive of a list of lines or products. Undefined if it is the default. */
function changeList(field: InputField, list: ProductList, paths: Paths): JSONValue | undefined {
  const { product, bids, amounts, vendor } = paths
  const [, item] = (field.default as { '@arrayPath': [string, JSONObject] })['@arrayPath']
  const path = toPath(list.node.keys)
  const changes: Record<string, unknown> = {
    ...(product.length > 0 && { productId: read(product, list) }),
    ...(bids.length > 0 && { resolvedBidId: read(bids, list) }),
    ...(vendor && { vendorId: read([vendor], list) })
  }
  const { unitPrice, ...others } = item
  const shape: JSONObject = amounts?.isLineTotal
    ? { ...others, lineTotal: read([amounts.price], list) as JSONObject }
    : item
  if (amounts && !amounts.isLineTotal && !isSame(unitPrice, read([amounts.price], list))) {
    changes.unitPrice = read([amounts.price], list)
  }
  if (amounts?.quantity && !isSame(item.quantity, read([amounts.quantity], list))) {
    changes.quantity = read([amounts.quantity], list)
  }
  const isDefault = path === DEFAULT_LIST && shape === item && Object.keys(changes).length === 0
  return isDefault ? undefined : { '@arrayPath': [path, { ...shape, ...(changes as JSONObject) }] }
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

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
