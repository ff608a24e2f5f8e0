import { type Amounts, findAmounts } from './amounts'
import { listBids, listProductIds, listProductLists, listUnreadableLists, type ProductList } from './candidates'
import { countLines, listDefaults, type ProductSide } from './choose'
import type { Classified } from './classify'
import { type Need, toDotNeed, toListNeed, toUnitNeed } from './needs'
import { isReachable, ITEMS, type PathNode } from './paths'
import type { NameProfile } from './profile'

/** What the events of a name have, before the ids of all names are compared. */
export type Read = Classified & { list?: ProductList; amounts?: Amounts; products: PathNode[]; bids: PathNode[] }

/** Reads what the events of a name have. Returns undefined, and adds a need, if no mapping can read it. */
export function readEvents(found: Classified, needs: Need[]): Read | undefined {
  const { profile, kind } = found
  if (kind === 'purchase') return readOrders(found, needs)
  if (kind === 'list') {
    const list = listProductLists(profile).find(({ node }) => node.maxItems > 1 && isReachable(node.keys))
    return list && { ...found, list, products: reachable(list.productIds), bids: reachable(listBids(list.items)) }
  }
  const products = kind === 'impression' || kind === 'click' ? listProductIds(profile) : []
  const bids = reachable(listBids(profile.root)).filter(({ keys }) => isSingle(profile, keys))
  if (products.length > 0 && reachable(products).length === 0) needs.push(toDotNeed(profile.name, products[0]))
  return { ...found, products: reachable(products), bids }
}

function readOrders(found: Classified, needs: Need[]): Read | undefined {
  const { profile } = found
  const lists = listProductLists(profile).flatMap((list) => {
    const amounts = isReachable(list.node.keys) ? findAmounts(profile, list) : undefined
    return amounts === undefined ? [] : [{ list, amounts }]
  })
  const readable = lists.flatMap(({ list, amounts }) => (amounts === 'cents' ? [] : [{ list, amounts }]))
  if (readable.length === 0) {
    const unreadable = listUnreadableLists(profile).at(0)
    if (unreadable) needs.push(toListNeed(profile.name, unreadable))
    else if (lists.length > 0) needs.push(toUnitNeed(profile.name, lists[0].list))
    return undefined
  }
  const best = readable.reduce((one, other) =>
    (other.amounts.agreement ?? 0) > (one.amounts.agreement ?? 0) + 0.1 ? other : one
  )
  return { ...found, ...best, products: reachable(best.list.productIds), bids: [] }
}

function reachable(nodes: readonly PathNode[]): PathNode[] {
  return nodes.filter(({ keys }) => isReachable(keys))
}

/** Returns whether all lists on the way to these keys have one item. */
function isSingle({ root }: NameProfile, keys: readonly string[]): boolean {
  let node: PathNode | undefined = root
  return keys.every((key) => {
    if (key === ITEMS && node?.maxItems !== 1) return false
    node = node?.children.get(key)
    return true
  })
}

/** Returns the product ids of events, to compare them with those of other events. */
export function toSide({ profile, kind, list, products }: Read): ProductSide {
  return {
    profile,
    isOrder: kind === 'purchase',
    weight: kind === 'click' ? 3 : 1,
    nodes: products,
    defaults: listDefaults(list ? list.items : profile.properties),
    of: list ? countLines(list) : profile.count
  }
}
