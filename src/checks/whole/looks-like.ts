import { simplify } from '../../core'
import { type EventKind, findKnownEvent } from '../../shop-systems'
import type { EventObservation } from '../observation'
import { type Properties, readText } from '../properties'
import { listLevels, listProductLists } from '../orders/call-orders'
import { looksLikePrice } from '../key-names'

/** What an event looks like, in the words of this destination. */
export type Likeness = 'purchase' | 'click' | 'impression' | 'list of impressions'

/** Promotions are left out, because most of them are no ads. */
const LIKENESSES: Partial<Record<EventKind, Likeness>> = {
  purchase: 'purchase',
  click: 'click',
  bannerClick: 'click',
  impression: 'impression',
  bannerImpression: 'impression',
  list: 'list of impressions'
}

/** Names of steps that have the properties of an order, and are none: carts, checkouts, and what follows an order. */
const NO_ORDER =
  /cart|basket|bag|checkout|wish|favou?rite|sav(e|ed)|refund|return|cancel|updat|chang|edit|ship|deliver|fulfil|pack|pay|coupon|promo|shar|review|rat(e|ed|ing)|add|remov|delet|draft|abandon|fail|declin|mail|sms|start|begin|quote|estimat|view|click|list|carrito|warenkorb|panier|carrinho|reembol|cancelad|erstatt|storn|versand/

const ORDER_IDS = ['orderid', 'ordernumber', 'orderno', 'transactionid', 'orderref', 'orderreference', 'purchaseid']

/**
 * Tells what a call looks like, first by its name and then by its properties. Returns undefined if it looks like nothing
 * that the destination reports, such as a cart or a checkout step.
 */
export function findLikeness({ type, event, properties = {} }: EventObservation['event']): Likeness | undefined {
  if (type !== 'track') return undefined
  const name = simplify(event ?? '')
  const known = findKnownEvent(name)
  const byName = known && LIKENESSES[known.kind]
  if (byName !== undefined) return byName === 'purchase' && !mayBeOrder(properties) ? undefined : byName
  if (!mayNotBeOrder(name) && isOrder(properties)) return 'purchase'
  if (readText(properties.resolvedBidId) === undefined) return undefined
  if (/click|tap|select/.test(name)) return 'click'
  return /view|impression|seen|show/.test(name) ? 'impression' : undefined
}

/** Returns whether a name says that an event is a step before or after an order. @param name without case and punctuation */
export function mayNotBeOrder(name: string): boolean {
  return NO_ORDER.test(name)
}

/** A name such as `purchase` is not enough: a purchase has a list of things, an order number or an amount. */
function mayBeOrder(properties: Properties): boolean {
  return listLevels(properties).some(
    ({ level }) =>
      hasOrderId(level) ||
      listProductLists(level).length > 0 ||
      Object.keys(level).some((key) => /^(revenue|total|value|amount)$/.test(simplify(key)))
  )
}

/** An order has an order number, and a list of things with ids and prices. */
function isOrder(properties: Properties): boolean {
  const levels = listLevels(properties).map(({ level }) => level)
  const hasLines = levels.some((level) =>
    listProductLists(level).some(({ lines }) => lines.every((line) => Object.keys(line).some(looksLikePrice)))
  )
  return hasLines && levels.some(hasOrderId)
}

function hasOrderId(level: Properties): boolean {
  return Object.keys(level).some((key) => ORDER_IDS.includes(simplify(key)) && readText(level[key]) !== undefined)
}

/** Tells what the events of an action are. */
export function likenessOfAction(action: string): Likeness | undefined {
  if (action === 'impressionsList') return 'list of impressions'
  return action === 'purchase' || action === 'click' || action === 'impression' ? action : undefined
}
