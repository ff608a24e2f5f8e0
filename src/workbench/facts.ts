import { clip, isObject, type JsonObject } from '../core'
import type { RowAbout, RowAd } from './api'

/** The parts of an entry or a delivery that say what an event is about. */
type Source = {
  /** The Segment call. */
  call?: unknown
  /** The key of the action of its mapping. */
  action?: string
  payload?: unknown
  sent?: unknown
}

/** Longer names would make the rows of 10,000 events large. */
const MAX_NAME = 80

/** The properties with the id of a product, as the default mappings read them. */
const PRODUCT_KEYS = ['product_id', 'productId', 'sku', 'id']

const ORDER_KEYS = ['order_id', 'orderId']

/**
 * Returns the ids that the search finds and the list of events shows. Topsort's names are used where it was sent, and the
 * names of the shop otherwise.
 */
export function readIds(source: Source) {
  const properties = propertiesOf(source)
  const interactions = interactionsOf(source)
  const lines = linesOf(source)
  const bids = textsOf(interactions.map(({ resolvedBidId }) => resolvedBidId))
  const products = [...interactions.flatMap(targetsOf), ...lines.map(({ productId }) => productId)]
  return {
    products: textsOf(products.length > 0 ? products : [properties, ...itemsOf(properties.products)].map(productOf)),
    orders: textsOf([...purchasesOf(source).map(({ id }) => id), ...ORDER_KEYS.map((key) => properties[key])]),
    bids: bids.length > 0 ? bids : textsOf([properties.resolvedBidId]),
    /** Whether it is a view or a click without the bid of an ad. */
    isOrganic: interactions.length > 0 && bids.length === 0 && !interactions.some(isOffsite),
    /** Whether it is a view or a click of an ad on another site, which needs no bid. */
    isOffsite: bids.length === 0 && interactions.some(isOffsite)
  }
}

/** Returns the names of the products in a call, in which a search for text looks as well. */
export function readNames(call: unknown): string[] {
  const properties = propertiesOf({ call })
  return textsOf([properties.name, ...itemsOf(properties.products).map(({ name }) => name)])
}

/** Counts the ads among the products of a view or a click. Undefined for other events. */
export function readSponsored(source: Source): Pick<RowAd, 'sponsored' | 'of' | 'isOffsite'> | undefined {
  const interactions = interactionsOf(source)
  if (interactions.length === 0) return undefined
  const sponsored = interactions.filter(({ resolvedBidId }) => isId(resolvedBidId)).length
  const isOfOtherSite = sponsored === 0 && interactions.some(isOffsite)
  return { sponsored, of: interactions.length, ...(isOfOtherSite && { isOffsite: true }) }
}

function isOffsite({ channel, externalCampaignId, externalVendorId }: JsonObject): boolean {
  return channel === 'offsite' || externalCampaignId !== undefined || externalVendorId !== undefined
}

/** Says what an event is about: a product, a banner, a page, or the lines of an order. Undefined if it names nothing. */
export function readAbout(source: Source): RowAbout | undefined {
  const lines = linesOf(source)
  if (lines.length > 0) return withMore(toProduct(source, lines[0].productId, lines[0].quantity), lines)
  const events = interactionsOf(source)
  if (events.length > 0) return withMore(aboutInteraction(source, events[0]), events)
  const page = (listOf(source, 'pageviews').at(0) ?? asObject(source.payload)).page
  if (isObject(page) && isId(page.pageId)) return toAbout('page', page.pageId, page.type)
  const { from, to } = asObject(source.sent ?? source.payload)
  if (isId(from) && isId(to)) return toAbout('link', from, to)
  return aboutCall(source)
}

function aboutInteraction(source: Source, event: JsonObject): RowAbout {
  const { entity, object, additionalAttribution, productId } = event
  const named = isObject(additionalAttribution) ? additionalAttribution : isObject(entity) ? entity : undefined
  if (isObject(object) && object.type === 'banner' && !named && !isId(productId)) {
    return toAbout('banner', object.assetId)
  }
  if (named && named.type === 'vendor') return toAbout('vendor', named.id)
  const id = named?.id ?? productId
  return isId(id) ? toProduct(source, id) : (aboutCall(source) ?? { kind: 'product' })
}

/** For an event without a mapping, and for one that failed before the action. */
function aboutCall(source: Source): RowAbout | undefined {
  const properties = propertiesOf(source)
  const products = itemsOf(properties.products)
  if (products.length > 0) {
    return withMore(toProduct(source, productOf(products[0]), products[0].quantity), products)
  }
  const id = productOf(properties)
  if (id !== undefined || isId(properties.name)) return toProduct(source, id, properties.quantity, properties.name)
  return isId(properties.path) ? toAbout('page', properties.path) : undefined
}

function withMore(about: RowAbout, all: unknown[]): RowAbout {
  return all.length > 1 ? { ...about, more: all.length - 1 } : about
}

function toAbout(kind: RowAbout['kind'], id?: unknown, name?: unknown): RowAbout {
  return { kind, ...(isId(id) && { id: String(id) }), ...(isId(name) && { name: clip(String(name), MAX_NAME) }) }
}

/** @param name default: the name that the call has for a product with this id */
function toProduct(source: Source, id: unknown, quantity?: unknown, name: unknown = nameOf(source, id)): RowAbout {
  const count = Number(quantity ?? 1)
  return { ...toAbout('product', id, name), ...(count > 0 && count !== 1 && { quantity: count }) }
}

function nameOf(source: Source, id: unknown): unknown {
  const properties = propertiesOf(source)
  if (String(productOf(properties)) === String(id)) return properties.name
  return itemsOf(properties.products).find((item) => String(productOf(item)) === String(id))?.name
}

/** Reads the amount of an order and its currency. The amount is what was sent, or else what the shop says. */
export function readAmount(source: Source): { amount: number; currency?: string } | undefined {
  const { revenue, total, value } = propertiesOf(source)
  const currency = readCurrency(source.call)
  const lines = linesOf(source)
  const amounts = lines.map(amountOf).filter((amount) => Number.isFinite(amount))
  const ofCall = source.action === 'purchase' ? Number(revenue ?? total ?? value ?? NaN) : NaN
  const amount = amounts.length > 0 ? amounts.reduce((sum, each) => sum + each, 0) : ofCall
  if (!Number.isFinite(amount)) return undefined
  return { amount: Number(amount.toFixed(2)), ...(currency !== undefined && { currency }) }
}

/** Reads the currency that a call names. */
export function readCurrency(call: unknown): string | undefined {
  const { currency } = propertiesOf({ call })
  return isId(currency) ? clip(String(currency), 8) : undefined
}

function amountOf({ unitPrice, lineTotal, quantity = 1 }: JsonObject): number {
  return lineTotal === undefined ? Number(unitPrice) * Number(quantity) : Number(lineTotal)
}

/** Returns the ids of the orders as Topsort has them. */
export function readPurchaseIds({ sent }: Source): string[] {
  return textsOf(listOf({ sent }, 'purchases').map(({ id }) => id))
}

/** The views and clicks that were sent, or that the payload would have become. */
function interactionsOf(source: Source): JsonObject[] {
  const sent = [...listOf(source, 'impressions'), ...listOf(source, 'clicks')]
  if (source.sent !== undefined) return sent
  const payload = asObject(source.payload)
  if (Array.isArray(payload.products)) return itemsOf(payload.products)
  return hasTarget(payload) ? [payload] : []
}

function hasTarget({ resolvedBidId, entity, productId }: JsonObject): boolean {
  return resolvedBidId !== undefined || entity !== undefined || productId !== undefined
}

function targetsOf({ entity, additionalAttribution, productId }: JsonObject): unknown[] {
  return [entity, additionalAttribution].map((target) => (isObject(target) ? target.id : undefined)).concat(productId)
}

function purchasesOf(source: Source): JsonObject[] {
  const sent = listOf(source, 'purchases')
  if (source.sent !== undefined && sent.length > 0) return sent
  const payload = asObject(source.payload)
  return Array.isArray(payload.items) ? [payload] : []
}

function linesOf(source: Source): JsonObject[] {
  return purchasesOf(source).flatMap(({ items }) => itemsOf(items))
}

function listOf({ sent }: Source, type: string): JsonObject[] {
  return isObject(sent) ? itemsOf(sent[type]) : []
}

function itemsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function propertiesOf({ call }: Source): JsonObject {
  return asObject(asObject(call).properties)
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function productOf(item: JsonObject): unknown {
  return PRODUCT_KEYS.map((key) => item[key]).find(isId)
}

function isId(value: unknown): value is string | number {
  return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number'
}

/** Returns the texts and numbers of a list as text, each once. */
function textsOf(values: unknown[]): string[] {
  return [...new Set(values.filter(isId).map(String))]
}
