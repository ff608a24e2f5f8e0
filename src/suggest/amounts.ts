import { fitsTotal, listOwnTotals } from '../checks'
import { isObject } from '../core'
import { toPrice, toQuantity } from '../destinations'
import { keysInItem, listCurrencies, listExtras, listTotals, type ProductList } from './candidates'
import { namesOf, type PathNode, readValues, sayPath } from './paths'
import type { NameProfile } from './profile'

/** Where the amounts of the lines of an order are. */
export type Amounts = {
  /** The price of one item, or of all items of a line. */
  price: PathNode
  isLineTotal: boolean
  quantity: PathNode | undefined
  /** The share of the orders with a total whose lines add up to it. Undefined if no order has a total. */
  agreement: number | undefined
  /** How many orders have a total. */
  of: number
}

/** If at least this share of the orders adds up in another way, the names alone do not count. */
const CLEARLY = 0.1

/** The prices are in cents if this share of the orders shows it. */
const MOST = 0.8

const MAX_CANDIDATES = 6

/** Creates a reader of what orders of this name say that they are worth. */
export function createOwnTotals(profile: NameProfile) {
  const totals = listTotals(profile)
    .filter((node) => !isInCents(node))
    .slice(0, MAX_CANDIDATES)
  const [shipping] = listExtras(profile, /shipping|delivery|freight|versand|frete|envio/)
  const [tax] = listExtras(profile, /^(tax|vat|taxes|totaltax|taxtotal|taxamount|mwst|iva|tva)/)
  const [discount] = listExtras(profile, /discount|rabatt|descuento|desconto|remise/)
  const [currency] = listCurrencies(profile)
  const read = (event: object, node: PathNode | undefined): unknown => node && readValues(event, node.keys).at(0)
  const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
  return {
    /** Returns all amounts that the lines of an order may have, as the order says. Empty if it has no total. */
    list(event: object): number[] {
      const extras = { shipping: read(event, shipping), tax: read(event, tax), discount: read(event, discount) }
      return totals.flatMap((node) => listOwnTotals({ total: read(event, node), ...extras }))
    },
    /** Returns what the order says that it is worth. */
    first(event: object): number | undefined {
      const currencyCode = textOf(read(event, currency))
      return totals.map((node) => readAmount(read(event, node), currencyCode)).find((amount) => amount > 0)
    },
    currencyOf: (event: object) => textOf(read(event, currency)),
    /** The path of the total, for people. */
    path: totals.length > 0 ? sayPath(totals[0].keys) : undefined
  }
}

type Way = Omit<Amounts, 'agreement' | 'of'>

/** An order of the sample: its lines, and what they may add up to. */
type Order = { lines: object[]; totals: number[]; currency: string | undefined }

/**
 * Finds the prices and quantities of a list of products whose lines add up to the totals of the orders. Without totals, the names
 * decide.
 *
 * @returns the amounts, or what the amounts are if only the shop can put them right
 */
export function findAmounts(profile: NameProfile, list: ProductList): Amounts | 'cents' | undefined {
  const orders = readOrders(profile, list)
  const ways = listWays(list)
  if (ways.length === 0) return undefined
  const withTotal = orders.filter(({ totals }) => totals.length > 0)
  const agree = (way: Way, factor = 1): number =>
    withTotal.filter((order) => addsUp(order, way, factor)).length / Math.max(1, withTotal.length)
  if (withTotal.length === 0 && isInCents(ways[0].price)) return 'cents'
  if (withTotal.length === 0) return { ...ways[0], agreement: undefined, of: 0 }
  const rated = ways.map((way) => ({ ...way, agreement: agree(way), of: withTotal.length }))
  const best = rated.reduce((one, other) => (other.agreement > one.agreement + CLEARLY / 2 ? other : one))
  if (isInCents(best.price)) return 'cents'
  if (best.agreement < CLEARLY && ways.some((way) => agree(way, 100) >= MOST)) return 'cents'
  return best
}

function isInCents(node: PathNode): boolean {
  return /cent(s|amount)?$|minor/.test(namesOf(node).at(-1) ?? '')
}

/** Lists the ways to read the lines, the likeliest by their names first. */
function listWays({ prices, lineTotals, quantities }: ProductList): Way[] {
  const counts = quantities.length > 0 ? quantities.slice(0, MAX_CANDIDATES / 2) : [undefined]
  const units = prices.slice(0, MAX_CANDIDATES)
  // A connector may send the total of a line as its price.
  const totals = [...lineTotals, ...prices].slice(0, MAX_CANDIDATES)
  return [
    ...units.flatMap((price) => counts.map((quantity) => ({ price, isLineTotal: false, quantity }))),
    ...totals.map((price) => ({ price, isLineTotal: true, quantity: counts[0] }))
  ]
}

function readOrders(profile: NameProfile, { node }: ProductList): Order[] {
  const own = createOwnTotals(profile)
  return profile.samples.list().flatMap((event) => {
    const [value] = readValues(event, node.keys)
    const lines = Array.isArray(value) ? value.filter(isObject) : []
    const order = { lines, totals: own.list(event), currency: own.currencyOf(event) }
    return lines.length > 0 ? [order] : []
  })
}

function addsUp({ lines, totals, currency }: Order, { price, isLineTotal, quantity }: Way, factor: number): boolean {
  const sum = lines.reduce<number>((all, line) => {
    const amount = readAmount(readValues(line, keysInItem(price)).at(0), currency)
    const count = isLineTotal || !quantity ? 1 : (toQuantity(readValues(line, keysInItem(quantity)).at(0)) ?? 1)
    return all + amount * count
  }, 0)
  return totals.some((total) => fitsTotal(sum / factor, total, lines.length))
}

/** Returns an amount as the destination reads it. 0 if there is none. */
function readAmount(value: unknown, currency: string | undefined): number {
  const price = toPrice(value, currency)
  return typeof price === 'number' ? price : 0
}
