import { looksLikePrice, looksLikeProductId, looksLikeUserId, NO_PRODUCT_ID } from '../checks'
import { simplify } from '../core'
import { type PropertyRole, rankName } from '../shop-systems'
import { ITEMS, KEYED, listNodes, listScalars, namesOf, type PathNode } from './paths'
import type { NameProfile } from './profile'

/** A list of products in the events of a name. */
export type ProductList = {
  node: PathNode
  items: PathNode
  /** Nodes below an item that may be the id of its product, the likeliest first. */
  productIds: PathNode[]
  prices: PathNode[]
  lineTotals: PathNode[]
  quantities: PathNode[]
}

/** A value is at a path if at least this share of the values there has its form. */
const MOST = 0.9

/** A path is used if at least this share of the events has it. */
export const USUAL = 0.5

/** Keys that say nothing without the object that they are in, and objects that are no products. */
const GENERIC = /^(id|code|key|ref|reference|no|number|handle|name)$/
const OTHER_THING =
  /order(?!line|item|product)|user|customer|client|vendor|seller|merchant|brand|categor|coupon|campaign|store|session|cart(?!line|item|product)|checkout|page|promo|discount|shipping|payment|tax|address|list(?!item|product)/

/** Product ids in other languages. */
const FOREIGN_ID =
  /^(artikel|produkt|produit|producto|produto|prodotto|articulo|urun)(id|nr|num|nummer|numero|code|codigo|kod|sku)?$/

const QUANTITY = /qty|quant|^count$|units|pieces|menge|anzahl|stueck|cantidad|unidades|antal|ilosc|adet/
const TOTAL = /total|revenue|amount|value|betrag|summe|importe|montant|valor|importo|wert|sum$|gesamt|price$/
const NO_TOTAL =
  /tax|ship|discount|saved|coupon|voucher|fee|tip|refund|currency|count|quantity|qty|items$|steuer|versand|rabatt|id$/
const LINE_TOTAL = /total|row|line|sum|subtotal|gesamt|extended/
const ORDER =
  /order|transaction|receipt|invoice|purchase|checkout|bestell|auftrag|pedido|compra|commande|ordine|zamowien|siparis|sale/
const NUMBER = /id$|no$|nr$|num$|number|ref|reference|code$|key$|token$|nummer|numero|group$/
const CURRENCY = /curr|waehrung|wahrung|moneda|devise|moeda|valuta/
/** Auction houses have bids of their own, which are short. */
const OWN_BID = /resolvedbid/
const BID = /bid(id|token)?$/
const VENDOR = /vendor|seller|merchant|supplier|haendler|vendedor|vendeur|marchand/

/** Lists the product lists of a name, the likeliest first: those with ids, then those in more of the events. */
export function listProductLists({ root, count }: NameProfile): ProductList[] {
  return listNodes(root)
    .flatMap((node) => {
      const items = node.children.get(ITEMS)
      return items && items.children.size > 0 && node.events > 0 ? [toProductList(node, items)] : []
    })
    .filter(({ productIds }) => productIds.length > 0)
    .sort((one, other) => scoreList(other, count) - scoreList(one, count) || comparePaths(one.node, other.node))
}

function toProductList(node: PathNode, items: PathNode): ProductList {
  const leaves = listScalars(items)
  const skip = items.keys.length
  return {
    node,
    items,
    productIds: pick(leaves, skip, 'productId', isProductId),
    prices: pick(leaves, skip, 'unitPrice', (leaf) => isAmount(leaf) && isPriceName(leaf)),
    lineTotals: pick(leaves, skip, 'lineTotal', (leaf) => isAmount(leaf) && isTotalName(leaf)),
    quantities: pick(leaves, skip, 'quantity', (leaf) => isAmount(leaf) && QUANTITY.test(lastNames(leaf)))
  }
}

/** Lists may be of something else, such as coupons, which have ids too. Prices and quantities show that it is products. */
function scoreList({ node, prices, lineTotals, quantities, items }: ProductList, count: number): number {
  const isKnown = Number.isFinite(rankName(node.keys, 'lines'))
  const hasBid = listBids(items).length > 0
  const hasAmount = prices.length + lineTotals.length > 0
  return (
    Math.min(1, node.events / count) +
    (isKnown ? 1 : 0) +
    (hasAmount ? 1 : 0) +
    (quantities.length > 0 ? 0.5 : 0) +
    (hasBid ? 2 : 0)
  )
}

/** Lists objects that stand for lists of products, and lists that are JSON text. No mapping can read them as lists. */
export function listUnreadableLists({ root }: NameProfile): { node: PathNode; is: 'object' | 'text' }[] {
  return listNodes(root).flatMap((node): { node: PathNode; is: 'object' | 'text' }[] => {
    const values = node.children.get(KEYED)
    const hasIds = values !== undefined && listScalars(values).some(isProductId)
    const hasAmounts = values !== undefined && listScalars(values).some(isAmount)
    if (hasIds || (hasAmounts && Number.isFinite(rankName(node.keys, 'lines')))) return [{ node, is: 'object' }]
    const isLines = Number.isFinite(rankName(node.keys, 'lines'))
    return isLines && node.jsonLists > node.values * MOST ? [{ node, is: 'text' }] : []
  })
}

/** Lists the paths of the product that an event is about, the likeliest first. A list has to have one item. */
export function listProductIds({ properties, count }: NameProfile): PathNode[] {
  const single = listNodes(properties).flatMap((node) => {
    const items = node.maxItems === 1 ? node.children.get(ITEMS) : undefined
    return items ? pick(listScalars(items), items.keys.length, 'productId', isProductId) : []
  })
  const own = pick(listScalars(properties), 1, 'productId', isProductId)
  return [...own, ...single].filter(({ events }) => events >= count * 0.02)
}

/** Lists the paths of the number of an order: each event has its own. */
export function listOrderIds({ properties, count }: NameProfile): PathNode[] {
  return pick(listScalars(properties), 1, 'orderId', (leaf) => {
    const name = lastNames(leaf)
    return ORDER.test(namesOf(leaf).join('.')) && NUMBER.test(name)
  }).filter(({ events, ids, values, sample }) => {
    const different = sample?.size() ?? 0
    return events >= count * MOST && ids >= values * MOST && different >= Math.min(events, 40) * 0.4
  })
}

/** Lists the paths of amounts that may be the total of an order, the likeliest first. */
export function listTotals({ properties }: NameProfile): PathNode[] {
  return pick(listScalars(properties), 1, 'total', (leaf) => TOTAL.test(lastNames(leaf))).filter(
    (leaf) => isAmount(leaf) && !NO_TOTAL.test(lastNames(leaf))
  )
}

/** Lists the paths of amounts that the total of an order may have besides its lines. */
export function listExtras({ root }: NameProfile, kind: RegExp): PathNode[] {
  return listScalars(root).filter((leaf) => isAmount(leaf) && kind.test(lastNames(leaf)))
}

/** Lists the paths of the currency of an event, the likeliest first. */
export function listCurrencies({ properties }: NameProfile): PathNode[] {
  return pick(listScalars(properties), 1, 'currency', (leaf) => CURRENCY.test(lastNames(leaf))).filter(
    ({ currencies, values }) => currencies >= values * MOST
  )
}

/** Lists the paths of the vendor below the item of a list. Brands are not vendors. */
export function listVendors(items: PathNode): PathNode[] {
  return pick(listScalars(items), items.keys.length, 'vendorId', (leaf) => VENDOR.test(lastNames(leaf))).filter(
    (leaf) => leaf.ids >= leaf.values * USUAL && !/brand|affiliation/.test(namesOf(leaf).join('.'))
  )
}

/** Lists the paths below a node that hold bids, by their name or their form. Lists of one item count too. */
export function listBids(node: PathNode): PathNode[] {
  return listNodes(node)
    .filter((leaf) => {
      if (leaf === node || leaf.values === 0 || leaf.ids < leaf.values * USUAL) return false
      const name = namesOf(leaf).slice(1).join('')
      return (
        OWN_BID.test(name) || leaf.bids >= leaf.values * MOST || (BID.test(name) && leaf.opaque >= leaf.values * USUAL)
      )
    })
    .sort(comparePaths)
}

/** Lists the paths of ids of the user. */
export function listUserIds({ root }: NameProfile): PathNode[] {
  return listScalars(root)
    .filter((leaf) => {
      const [last = '', parent = ''] = namesOf(leaf).reverse()
      const isUser = looksLikeUserId(last) || (last === 'id' && looksLikeUserId(`${parent}id`))
      return isUser && leaf.ids >= leaf.values * MOST
    })
    .sort(comparePaths)
}

/** Returns the keys below the item of a list. */
export function keysInItem({ keys }: PathNode): string[] {
  return keys.slice(keys.lastIndexOf(ITEMS) + 1)
}

function isProductId(leaf: PathNode): boolean {
  const names = namesOf(leaf).slice(1)
  const last = names.at(-1) ?? ''
  if (leaf.ids < leaf.values * MOST) return false
  const keys = keysInItem(leaf)
  const isKnown = Number.isFinite(rankName(keys, 'productId'))
  if (!(isKnown || looksLikeProductId(last) || FOREIGN_ID.test(last)) || NO_PRODUCT_ID.test(last)) return false
  return !GENERIC.test(last) || !OTHER_THING.test(names.at(-2) ?? '')
}

function isPriceName(leaf: PathNode): boolean {
  return looksLikePrice(simplify(keysInItem(leaf).join(''))) || looksLikePrice(lastNames(leaf))
}

function isTotalName(leaf: PathNode): boolean {
  const name = simplify(keysInItem(leaf).join(''))
  return LINE_TOTAL.test(name) && !NO_TOTAL.test(name)
}

function isAmount({ amounts, values }: PathNode): boolean {
  return values > 0 && amounts >= values * MOST
}

function lastNames(leaf: PathNode): string {
  return simplify(leaf.keys.at(-1) ?? '')
}

/**
 * Returns the leaves whose names are known for a role, the surest first, and then the others that fit.
 *
 * @param skip how many keys come before the part of the path that is compared
 */
function pick(
  leaves: readonly PathNode[],
  skip: number,
  role: PropertyRole,
  fits: (leaf: PathNode) => boolean
): PathNode[] {
  const rank = (leaf: PathNode): number => rankName(leaf.keys.slice(skip), role)
  const mustFit = role === 'productId'
  return leaves
    .filter((leaf) => (mustFit ? fits(leaf) : fits(leaf) || (Number.isFinite(rank(leaf)) && isAmountOrId(leaf, role))))
    .sort((one, other) => rank(one) - rank(other) || comparePaths(one, other))
}

function isAmountOrId(leaf: PathNode, role: PropertyRole): boolean {
  if (role === 'orderId' || role === 'vendorId' || role === 'currency') return leaf.ids > 0
  return isAmount(leaf)
}

/** Compares paths for sorting: the more frequent one first, then the shorter one. */
export function comparePaths(one: PathNode, other: PathNode): number {
  return (
    other.events - one.events ||
    one.keys.length - other.keys.length ||
    (one.keys.join('.') < other.keys.join('.') ? -1 : 1)
  )
}
