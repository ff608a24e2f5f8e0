import { isObject, type JsonObject, type Reason } from '../core'
import { EVENT_NAMES, LINE_NAMES, NEVER_SENT, PRODUCT_NAMES, type SentNames } from './fields'
import { matchLines, productEventId } from './sent-place'
import { isBlank, isSame, isSameScalar, textOfScalar } from './same'

const NO_NAMES: SentNames = new Map()

/**
 * Lists the values that the destination changed or omitted, by comparing the payload with what was sent. Does not list
 * values that it added. Text and number count as the same value, and so do a value and a list of only that value.
 *
 * @param payload what the mapping made of the event
 * @param sent the lists of events that were sent for it, such as `{clicks: [{…}]}`
 * @param reason why the event failed, or which part of it was omitted
 * @returns an empty list if nothing was sent. Then the message of the delivery says why
 *
 * @example
 * findDifferences({ id: 'm1', channel: 'Onsite' }, { clicks: [{ id: 'm1', channel: 'onsite' }] })
 * // [{ path: 'channel', from: 'Onsite', to: 'onsite' }]
 */
export function findDifferences(payload: unknown, sent: unknown, reason?: Reason): Difference[] {
  const events = listEvents(sent)
  if (!isObject(payload) || events.length === 0) return []

  const found: Difference[] = []
  for (const key in payload) {
    const value = payload[key]
    if (value === undefined || value === null || NEVER_SENT.has(key)) continue
    if (key === 'id') {
      if (!isSentId(value, events[0].id)) compare(key, value, events[0].id, found)
    } else if (key === 'products' && Array.isArray(value)) compareProducts(value, payload.id, events, found)
    else if (key === 'items' && Array.isArray(value)) compareLines(value, events[0].items, reason, found)
    else compare(key, value, readSentField(events[0], key, EVENT_NAMES), found)
  }
  return found
}

/** Returns the events of all lists. What is sent for a link has no list. */
function listEvents(sent: unknown): readonly JsonObject[] {
  if (!isObject(sent)) return []
  const lists = Object.values(sent)
  // Nearly all events are sent as one list.
  const all: unknown = lists.length === 1 ? lists[0] : lists.flat()
  return Array.isArray(all) ? all.filter(isObject) : []
}

/** The events of a list have the id of the Segment event and their index. */
function isSentId(id: unknown, sent: unknown): boolean {
  return sent === id || textOfScalar(sent).startsWith(`${textOfScalar(id)}-`)
}

/** Each product is an event of its own, which has the product's index in its id. The events keep the order of the products. */
function compareProducts(products: unknown[], id: unknown, events: readonly JsonObject[], found: Difference[]): void {
  let next = 0
  products.forEach((product, index) => {
    const path = `products[${index}]`
    const event = next < events.length && events[next].id === productEventId(id, index) ? events[next] : undefined
    if (event) next += 1
    if (event && isObject(product)) compareKeys(path, product, event, found, PRODUCT_NAMES)
    else if (!isBlank(product)) found.push({ path, from: product })
  })
}

function compareLines(items: unknown[], sent: unknown, reason: Reason | undefined, found: Difference[]): void {
  const lines: unknown[] = Array.isArray(sent) ? sent : []
  matchLines(items, lines, reason).forEach((place, index) => {
    const path = `items[${index}]`
    const item = items[index]
    if (place === -1) found.push({ path, from: item })
    else if (isObject(item)) compareKeys(path, item, lines[place], found, LINE_NAMES)
    else compare(path, item, lines[place], found)
  })
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

function compareKeys(path: string, from: JsonObject, to: unknown, found: Difference[], names = NO_NAMES): void {
  for (const key in from) {
    const value = from[key]
    if (value === undefined || value === null) continue
    const sent = readSentField(to, key, names)
    // Writing the path takes longer than comparing, and most values are the same.
    if (value !== sent && !isSameScalar(value, sent)) compare(`${path}.${key}`, value, sent, found)
  }
}

/** Returns what was sent for a field, which may have another name or place there. */
function readSentField(event: unknown, key: string, names: SentNames): unknown {
  const path = names.get(key)
  return path ? path.reduce<unknown>((value, part) => ownValue(value, part), event) : ownValue(event, key)
}

function ownValue(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** A value of the mapped payload that was changed, or not sent. */
export type Difference = {
  /** Where the value is in the payload: `placement.position`, `items[1].quantity`. */
  path: string
  from: unknown
  /** What was sent instead. Absent if nothing was. */
  to?: unknown
}
