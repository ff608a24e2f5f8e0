import { isDeepStrictEqual } from 'node:util'
import { isObject, type JsonObject } from '../json'

/** A value of the mapped payload that was changed, or not sent. */
export type Difference = {
  /** Where the value is in the payload: `placement.position`, `items[1].quantity`. */
  path: string
  from: unknown
  /** What was sent instead. Absent if nothing was. */
  to?: unknown
}

/** Fields that tell Segment how to batch. They are never sent. */
const CONTROL_FIELDS = ['enable_batching', 'batch_size']

/** Fields that have another name, or another place, in what is sent. */
const SENT_AS = new Map([
  ['productId', ['entity', 'id']],
  ['dspMetadata', ['dsp_metadata']]
])

/**
 * Fields that are used only if a field beside them is empty. They are not sent themselves. The keys are paths without the
 * numbers of lists, the values are the fields that they stand in for.
 */
const FALLBACKS = new Map([
  ['placement.otherPath', 'path'],
  ['placement.otherPosition', 'position'],
  ['placement.otherSearchQuery', 'searchQuery'],
  ['page.title', 'value'],
  ['page.otherIds', 'pageId'],
  ['page.names', 'type'],
  ['items.brand', 'vendorId'],
  ['items.otherIds', 'productId'],
  ['products.otherIds', 'productId']
])

const FALLBACK_KEYS = new Set([...FALLBACKS.keys()].map((path) => path.split('.')[1]))

/** The same for the fields of a product of a list, each of which becomes an event. */
const PRODUCT_SENT_AS = new Map([...SENT_AS, ['position', ['placement', 'position']]])

/**
 * Lists what the destination changed in an event or omitted from it, by comparing what it got with what it sent. What it
 * added is not listed. Text and number count as the same value, and so do a value and a list of only that value.
 *
 * @param payload what the mapping made of the event
 * @param sent the lists of events that were sent for it, such as `{clicks: [{…}]}`
 * @returns nothing if nothing was sent: then the message of the delivery says why
 */
export function findDifferences(payload: unknown, sent: unknown): Difference[] {
  const events = isObject(sent) ? Object.values(sent).flat().filter(isObject) : []
  if (!isObject(payload) || events.length === 0) return []

  const found: Difference[] = []
  for (const key of Object.keys(payload)) {
    const value = payload[key]
    if (CONTROL_FIELDS.includes(key)) continue
    if (key === 'id') {
      if (!isSentId(value, events)) compare(key, value, events[0].id, found)
    } else if (key === 'products' && Array.isArray(value)) compareProducts(value, payload.id, events, found)
    else if (key === 'items' && Array.isArray(value)) compareItems(value, events[0].items, found)
    else compare(key, value, readSent(events[0], key, SENT_AS), found)
  }
  return found
}

/** Returns the path of a fallback in the payload if it stands in for the field at this path. Otherwise returns the path. */
export function findPlace(path: string, payload: unknown): string {
  const parent = path.slice(0, path.lastIndexOf('.'))
  const field = path.slice(parent.length + 1)
  const owner = parent.split(/[.[\]]+/).reduce<unknown>((value, key) => (key === '' ? value : at(value, key)), payload)
  if (!isObject(owner) || !isBlank(owner[field])) return path
  const fallback = Object.keys(owner).find(
    (key) => FALLBACKS.get(`${parent}.${key}`.replace(/\[\d+\]/g, '')) === field && !isBlank(owner[key])
  )
  return fallback === undefined ? path : `${parent}.${fallback}`
}

/**
 * Returns where a value of the payload is in what was sent, such as `clicks[0].placement.position`.
 *
 * @param path the place of the value in the payload
 * @returns undefined if nothing was sent for this part of the payload
 */
export function findSentPlace(path: string, payload: unknown, sent: unknown): string | undefined {
  const [type, list] = isObject(sent) ? (Object.entries(sent).at(0) ?? []) : []
  if (type === undefined || !Array.isArray(list) || !isObject(payload)) return undefined
  const events = list.filter(isObject)
  const [first, ...rest] = path.split('.')
  const [, parent, index] = /^(products|items)\[(\d+)\]$/.exec(first) ?? []
  if (parent === 'products') {
    const place = events.findIndex(({ id }) => id === productEventId(payload.id, Number(index)))
    return place === -1 || rest.length === 0
      ? undefined
      : [`${type}[${place}]`, ...rename(rest, PRODUCT_SENT_AS)].join('.')
  }
  if (parent === 'items' && Array.isArray(payload.items)) {
    const place = matchItems(payload.items, events[0]?.items)[Number(index)] ?? -1
    return place === -1 ? undefined : [`${type}[0]`, `items[${place}]`, ...rest].join('.')
  }
  return [`${type}[0]`, ...rename([first, ...rest], SENT_AS)].join('.')
}

function rename([first, ...rest]: string[], sentAs: ReadonlyMap<string, string[]>): string[] {
  return [...(sentAs.get(first) ?? [first]), ...rest]
}

/** The events of a list have the id of the Segment event and their index. */
function isSentId(id: unknown, events: JsonObject[]): boolean {
  return events.every((event) => event.id === id || toIdText(event.id).startsWith(`${toIdText(id)}-`))
}

/** An object may have a `toString` of its own that is no function, so it has no text. */
function toIdText(id: unknown): string {
  return isScalar(id) ? String(id) : ''
}

/** Each product is an event of its own, which has the product's index in its id. */
function compareProducts(products: unknown[], id: unknown, events: JsonObject[], found: Difference[]): void {
  const byId = new Map(events.map((event) => [event.id, event]))
  products.forEach((product, index) => {
    const path = `products[${index}]`
    const event = byId.get(productEventId(id, index))
    if (!event || !isObject(product)) {
      if (!isBlank(product)) found.push({ path, from: product })
      return
    }
    compareKeys(path, product, (key) => readSent(event, key, PRODUCT_SENT_AS), found)
  })
}

function productEventId(id: unknown, index: number): string {
  return `${toIdText(id)}-${index}`
}

function compareItems(items: unknown[], sent: unknown, found: Difference[]): void {
  const lines: unknown[] = Array.isArray(sent) ? sent : []
  matchItems(items, lines).forEach((place, index) => {
    const path = `items[${index}]`
    if (place === -1) found.push({ path, from: items[index] })
    else compare(path, items[index], lines[place], found)
  })
}

/**
 * Returns the index that each line of an order has in what was sent, or -1 if the line was omitted. Lines keep their
 * order, so each one is the next one with its product.
 */
function matchItems(items: unknown[], sent: unknown): number[] {
  const lines: unknown[] = Array.isArray(sent) ? sent : []
  let next = 0
  return items.map((item) => {
    const product = productOf(item)
    const place = lines.findIndex((line, index) => index >= next && isSame(product, productOf(line)))
    if (place !== -1) next = place + 1
    return place
  })
}

function productOf(item: unknown): unknown {
  if (!isObject(item)) return undefined
  const others = isObject(item.otherIds) ? Object.values(item.otherIds) : []
  const id = [item.productId, ...others].find((candidate) => !isBlank(candidate))
  return typeof id === 'string' ? id.trim() : id
}

/** Adds the differences between two values. An event has dozens of values, and nearly all of them are the same. */
function compare(path: string, from: unknown, to: unknown, found: Difference[]): void {
  if (from === to || from === undefined || from === null) return
  if (isObject(from) && !Array.isArray(to)) {
    compareKeys(path, from, (key) => ownValue(to, key), found)
    return
  }
  if (isBlank(from) || isSame(from, to)) return
  if (isObject(from)) compareKeys(path, from, () => undefined, found)
  else found.push(to === undefined ? { path, from } : { path, from, to })
}

/** @param sentFor returns what was sent for a key */
function compareKeys(path: string, from: JsonObject, sentFor: (key: string) => unknown, found: Difference[]): void {
  for (const key of Object.keys(from)) {
    const value = from[key]
    if (value === undefined || value === null) continue
    const preferred = FALLBACK_KEYS.has(key) ? FALLBACKS.get(`${path.replace(/\[\d+\]/g, '')}.${key}`) : undefined
    if (preferred === undefined) {
      const sent = sentFor(key)
      // Writing the path takes longer than comparing, and most values are the same.
      if (value !== sent && !isSameScalar(value, sent)) compare(`${path}.${key}`, value, sent, found)
    } else if (isBlank(from[preferred])) {
      compareFallback(`${path}.${preferred}`, value, sentFor(preferred), found)
    }
  }
}

/**
 * Compares a fallback that is needed, under the path of the field that it stands in for. Several candidates of which one
 * was sent are no difference. Each event has a title, so it is no difference if the shop describes no page.
 */
function compareFallback(path: string, from: unknown, to: unknown, found: Difference[]): void {
  if (path.startsWith('page.') && to === undefined) return
  const candidates = isObject(from) || Array.isArray(from) ? Object.values(from) : [from]
  if (!candidates.some((candidate) => isSame(candidate, to))) compare(path, from, to, found)
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]))
  }
  if (Array.isArray(one)) return one.length === 1 && isSame(one[0], other)
  if (Array.isArray(other)) return other.length === 1 && isSame(one, other[0])
  if (isScalar(one) && isScalar(other)) return isSameScalar(one, other)
  return isDeepStrictEqual(one, other)
}

function isSameScalar(one: unknown, other: unknown): boolean {
  return isScalar(one) && isScalar(other) && String(one) === String(other)
}

/** Returns what was sent for a field, which may have another name or place there. */
function readSent(event: JsonObject, key: string, sentAs: ReadonlyMap<string, string[]>): unknown {
  const path = sentAs.get(key)
  return path ? path.reduce<unknown>((value, part) => ownValue(value, part), event) : ownValue(event, key)
}

function at(value: unknown, key: string): unknown {
  return Array.isArray(value) ? (value as unknown[])[Number(key)] : ownValue(value, key)
}

function ownValue(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** Text that holds nothing, and nothing, mean the same. */
function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === ''
  if (isObject(value) || Array.isArray(value)) return Object.values(value).every(isBlank)
  return value === undefined || value === null
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
