import { isDeepStrictEqual } from 'node:util'
import { isObject, type JsonObject } from '../core'

/** A value of the mapped payload that was changed, or not sent. */
export type Difference = {
  /** Where the value is in the payload: `placement.position`, `items[1].quantity`. */
  path: string
  from: unknown
  /** What was sent instead. Absent if nothing was. */
  to?: unknown
}

/** Fields that say how to batch events or how to read prices. They are never sent. */
const CONTROL_FIELDS = new Set(['enable_batching', 'batch_size', 'currency'])

/** The places of fields that have another name, or another place, in what is sent. */
type SentAs = ReadonlyMap<string, readonly string[]>

const SENT_AS: SentAs = new Map([
  ['productId', ['entity', 'id']],
  ['dspMetadata', ['dsp_metadata']]
])

/** The same for the fields of a product of a list, each of which becomes an event. */
const PRODUCT_SENT_AS: SentAs = new Map([...SENT_AS, ['position', ['placement', 'position']]])

/** The total of a line is sent as the price of one item. */
const ITEM_SENT_AS: SentAs = new Map([['lineTotal', ['unitPrice']]])

const SENT_AS_IS: SentAs = new Map()

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
    if (value === undefined || value === null || CONTROL_FIELDS.has(key)) continue
    if (key === 'id') {
      if (!isSentId(value, events[0].id)) compare(key, value, events[0].id, found)
    } else if (key === 'products' && Array.isArray(value)) compareProducts(value, payload.id, events, found)
    else if (key === 'items' && Array.isArray(value)) compareItems(value, events[0].items, found)
    else compare(key, value, readSentField(events[0], key, SENT_AS), found)
  }
  return found
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
    return place === -1 ? undefined : [`${type}[0]`, `items[${place}]`, ...rename(rest, ITEM_SENT_AS)].join('.')
  }
  return [`${type}[0]`, ...rename([first, ...rest], SENT_AS)].join('.')
}

function rename(names: string[], sentAs: SentAs): string[] {
  return names.flatMap((name, index) => (index === 0 && sentAs.get(name)) || name)
}

/** The events of a list have the id of the Segment event and their index. */
function isSentId(id: unknown, sent: unknown): boolean {
  return sent === id || toIdText(sent).startsWith(`${toIdText(id)}-`)
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
    compareKeys(path, product, event, found, PRODUCT_SENT_AS)
  })
}

function productEventId(id: unknown, index: number): string {
  return `${toIdText(id)}-${index}`
}

function compareItems(items: unknown[], sent: unknown, found: Difference[]): void {
  const lines: unknown[] = Array.isArray(sent) ? sent : []
  matchItems(items, lines).forEach((place, index) => {
    const path = `items[${index}]`
    const item = items[index]
    if (place === -1) found.push({ path, from: item })
    else if (isObject(item)) compareKeys(path, item, lines[place], found, ITEM_SENT_AS)
    else compare(path, item, lines[place], found)
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
  const id = ownValue(item, 'productId')
  return typeof id === 'string' ? id.trim() : id
}

/** Adds the differences between two values. An event has dozens of values, and nearly all of them are the same. */
function compare(path: string, from: unknown, to: unknown, found: Difference[]): void {
  if (from === to || from === undefined || from === null) return
  if (isObject(from) && !Array.isArray(to)) {
    compareKeys(path, from, to, found)
    return
  }
  if (isBlank(from) || isSame(from, to)) return
  if (isObject(from)) compareKeys(path, from, undefined, found)
  else found.push(to === undefined ? { path, from } : { path, from, to })
}

function compareKeys(path: string, from: JsonObject, to: unknown, found: Difference[], sentAs = SENT_AS_IS): void {
  for (const key of Object.keys(from)) {
    const value = from[key]
    if (value === undefined || value === null) continue
    const sent = readSentField(to, key, sentAs)
    // Writing the path takes longer than comparing, and most values are the same.
    if (value !== sent && !isSameScalar(value, sent)) compare(`${path}.${key}`, value, sent, found)
  }
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
function readSentField(event: unknown, key: string, sentAs: SentAs): unknown {
  const path = sentAs.get(key)
  return path ? path.reduce<unknown>((value, part) => ownValue(value, part), event) : ownValue(event, key)
}

function ownValue(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** Text that holds nothing, and nothing, mean the same. */
function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.every(isBlank)
  if (isObject(value)) return Object.values(value).every(isBlank)
  return value === undefined || value === null
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
