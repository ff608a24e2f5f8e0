import { isDeepStrictEqual } from 'node:util'

/** A value of the mapped payload that was changed, or not sent. */
export type Difference = {
  /** Where the value is in the payload: `placement.position`, `items[1].quantity`. */
  path: string
  from: unknown
  /** What was sent instead. Absent if nothing was. */
  to?: unknown
}

type JsonObject = { [key: string]: unknown }

/** Fields that tell Segment how to batch. They are never sent. */
const CONTROL_FIELDS = ['enable_batching', 'batch_size']

/** Fields that have another name, or another place, in what is sent. */
const SENT_AS = new Map([
  ['productId', ['entity', 'id']],
  ['dspMetadata', ['dsp_metadata']]
])

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

  return Object.entries(payload).flatMap(([key, value]): Difference[] => {
    if (CONTROL_FIELDS.includes(key)) return []
    if (key === 'id') return isSentId(value, events) ? [] : compare(key, value, events[0].id)
    if (key === 'products' && Array.isArray(value)) return compareProducts(value, payload.id, events)
    if (key === 'items' && Array.isArray(value)) return compareItems(value, events[0].items)
    return compare(key, value, valueAt(events[0], SENT_AS.get(key) ?? [key]))
  })
}

/** The events of a list have the id of the Segment event and their index. */
function isSentId(id: unknown, events: JsonObject[]): boolean {
  return events.every((event) => event.id === id || String(event.id).startsWith(`${String(id)}-`))
}

/** Each product is an event of its own, which has the product's index in its id. */
function compareProducts(products: unknown[], id: unknown, events: JsonObject[]): Difference[] {
  return products.flatMap((product, index) => {
    const path = `products[${index}]`
    const event = events.find((candidate) => candidate.id === `${String(id)}-${index}`)
    if (!event || !isObject(product)) return isBlank(product) ? [] : [{ path, from: product }]
    return Object.entries(product).flatMap(([key, value]) =>
      compare(`${path}.${key}`, value, valueAt(event, PRODUCT_SENT_AS.get(key) ?? [key]))
    )
  })
}

/** Lines of an order keep their order, but some may be omitted. So each is the next one with its product. */
function compareItems(items: unknown[], sent: unknown): Difference[] {
  let rest: unknown[] = Array.isArray(sent) ? sent : []
  return items.flatMap((item, index) => {
    const path = `items[${index}]`
    const place = rest.findIndex((candidate) => isSame(productOf(item), productOf(candidate)))
    if (place === -1) return [{ path, from: item }]
    const line = rest[place]
    rest = rest.slice(place + 1)
    return compare(path, item, line)
  })
}

function productOf(item: unknown): unknown {
  const id = isObject(item) ? item.productId : undefined
  return typeof id === 'string' ? id.trim() : id
}

function compare(path: string, from: unknown, to: unknown): Difference[] {
  if (from === to || isBlank(from) || isSame(from, to)) return []
  if (isObject(from)) {
    return Object.entries(from).flatMap(([key, value]) => compare(`${path}.${key}`, value, ownValue(to, key)))
  }
  return [{ path, from, ...(to !== undefined && { to }) }]
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]))
  }
  if (Array.isArray(one)) return one.length === 1 && isSame(one[0], other)
  if (Array.isArray(other)) return other.length === 1 && isSame(one, other[0])
  if (isScalar(one) && isScalar(other)) return String(one) === String(other)
  return isDeepStrictEqual(one, other)
}

function valueAt(event: JsonObject, path: string[]): unknown {
  return path.reduce<unknown>((value, key) => ownValue(value, key), event)
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
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
