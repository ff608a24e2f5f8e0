import { hashId, isObject, simplify } from '../core'
import { createIdSample, type IdSample, looksLikeId, looksLikeProductId, NO_PRODUCT_ID } from '../checks'
import { toPrice } from '../destinations'

/** The items of a list that are read. The others look like them. */
const MAX_ITEMS = 50

const MAX_DEPTH = 8

/** The product ids that are collected of an event. */
const MAX_IDS = 20

/** A list of names has fewer values than this, such as `web`, `app` and `pos`. */
const MAX_COUNTED = 12

/** The ids of a sample: enough to see a share within a few percent. */
const SAMPLE_SIZE = 256

/** The base64 of `["`, with which the bids of Topsort begin that are lists. */
const LIST_BID = /^WyJ[\w+/-]{20,}={0,2}$/

/** Ids of ads are long. */
const LONG_ID = /^[\w+/=.:-]{100,400}$/

const OPAQUE = /^[\w+/=-]{20,}$/

const DECIMAL = /^\d*\.\d+$/

const CURRENCY = /^[A-Z]{3}$/

export const ITEMS = '[]'
export const KEYED = '{}'

/** What is known of the values at one path of the events of a name, in bounded memory. */
export class PathNode {
  readonly children = new Map<string, PathNode>()
  /** Whether the last key could be that of a product id. */
  readonly isProduct: boolean
  /** How many events have a value here, or a list with items. */
  events = 0
  /** How many values there are. In a list, there may be several in an event. */
  values = 0
  /** How many of the values are amounts, ids, long ids as bids are, bids that are lists, and codes of currencies. */
  amounts = 0
  ids = 0
  opaque = 0
  bids = 0
  currencies = 0
  /** How many of the values are a list that was written as JSON text. */
  jsonLists = 0
  /** The most items that a list has. */
  maxItems = 0
  sample: IdSample | undefined
  /** The values with their numbers, while there are only a few different ones. */
  counts: Map<string, number> | undefined = new Map()
  lastEvent = -1

  /** @param keys from the event on. `[]` stands for the items of a list, `{}` for the values of an object with ids as keys */
  constructor(readonly keys: readonly string[]) {
    const last = keys.at(-1) ?? ''
    this.isProduct = looksLikeProductId(last) && !NO_PRODUCT_ID.test(simplify(last))
  }
}

/** What is added to the paths: the number of the event, and what was found in it. */
export type Visit = {
  /** Tells values of the same event apart from those of another one. */
  event: number
  /** Returns whether there is space for another path. */
  mayAdd: () => boolean
  /** Gets the values whose keys are those of product ids, at most `MAX_IDS`. */
  ids: string[]
}

/** Adds a value of an event, and all values in it, to what is known of the paths. */
export function addValue(node: PathNode, value: unknown, visit: Visit): void {
  if (value === null || value === undefined || value === '' || node.keys.length > MAX_DEPTH) return
  if (Array.isArray(value)) {
    if (value.length === 0) return
    countEvent(node, visit)
    if (value.length > node.maxItems) node.maxItems = value.length
    const items = childOf(node, ITEMS, visit)
    if (items) for (const item of value.slice(0, MAX_ITEMS)) addValue(items, item, visit)
    return
  }
  if (!isObject(value)) {
    countEvent(node, visit)
    addScalar(node, value, visit)
    return
  }
  const isKeyed = isKeyedList(value)
  if (isKeyed || node.keys.at(-1) === ITEMS) countEvent(node, visit)
  for (const key of Object.keys(value)) {
    const child = childOf(node, isKeyed ? KEYED : key, visit)
    if (child) addValue(child, value[key], visit)
  }
}

function childOf(node: PathNode, key: string, { mayAdd }: Visit): PathNode | undefined {
  const known = node.children.get(key)
  if (known || !mayAdd()) return known
  const child = new PathNode([...node.keys, key])
  node.children.set(key, child)
  return child
}

function countEvent(node: PathNode, { event }: Visit): void {
  if (node.lastEvent === event) return
  node.lastEvent = event
  node.events += 1
}

function addScalar(node: PathNode, value: unknown, { ids }: Visit): void {
  node.values += 1
  if (typeof value === 'boolean') return
  const text = String(value).trim()
  if (isAmount(value, text)) node.amounts += 1
  if (CURRENCY.test(text)) node.currencies += 1
  if (typeof value === 'string' && text.startsWith('[{')) node.jsonLists += 1
  if (node.counts) countText(node, text)
  if (DECIMAL.test(text) || !(looksLikeId(text) || LONG_ID.test(text))) return
  node.ids += 1
  if (node.isProduct && ids.length < MAX_IDS) ids.push(text)
  if (OPAQUE.test(text)) node.opaque += 1
  if (LIST_BID.test(text)) node.bids += 1
  node.sample ??= createIdSample(SAMPLE_SIZE)
  node.sample.add(text)
}

/** Prices of 0 are amounts too, as those of gifts are. */
function isAmount(value: unknown, text: string): boolean {
  if (typeof value === 'number') return value >= 0
  return /\d/.test(text) && text.length <= 20 && toPrice(text) !== undefined
}

function countText(node: PathNode, text: string): void {
  const { counts } = node
  if (!counts) return
  if (counts.size < MAX_COUNTED || counts.has(text)) counts.set(text, (counts.get(text) ?? 0) + 1)
  else node.counts = undefined
}

/** Returns whether an object stands for a list, as PHP writes filtered lists, and shops that use ids as keys. */
function isKeyedList(value: Record<string, unknown>): boolean {
  const keys = Object.keys(value)
  return keys.length > 0 && keys.every((key) => /\d/.test(key) && isObject(value[key]))
}

/** Lists a node and all nodes below it. */
export function listNodes(node: PathNode): PathNode[] {
  return [node, ...[...node.children.values()].flatMap(listNodes)]
}

/** Lists the nodes of single values below a node, without those in lists. */
export function listScalars(node: PathNode): PathNode[] {
  return [...node.children].flatMap(([key, child]) => {
    if (key === ITEMS || key === KEYED) return []
    return [...(child.values > 0 ? [child] : []), ...listScalars(child)]
  })
}

/** Returns whether the path of a mapping can reach these keys. The framework parts a path at dots and brackets. */
export function isReachable(keys: readonly string[]): boolean {
  return keys.every((key) => key === ITEMS || (key !== '' && !/[.[\]'"]/.test(key)))
}

/** Writes a path as a mapping has it: `$.properties.items[0].id`. Items of a list become its first one. */
export function toPath(keys: readonly string[]): string {
  return keys.reduce((path, key) => (key === ITEMS ? `${path}[0]` : `${path}.${key}`), '$')
}

/** Writes a path for people: `items[].id`. */
export function sayPath(keys: readonly string[]): string {
  const shown = keys[0] === 'properties' ? keys.slice(1) : keys
  return shown.reduce((path, key) => {
    if (key === ITEMS || key === KEYED) return `${path}${key}`
    return path === '' ? key : `${path}.${key}`
  }, '')
}

/** Returns the values at these keys of an event. There are several in lists. */
export function readValues(value: unknown, keys: readonly string[]): unknown[] {
  if (keys.length === 0) return value === undefined || value === null || value === '' ? [] : [value]
  const [key, ...rest] = keys
  if (key === ITEMS) return Array.isArray(value) ? value.flatMap((item) => readValues(item, rest)) : []
  if (key === KEYED) return isObject(value) ? Object.values(value).flatMap((item) => readValues(item, rest)) : []
  return isObject(value) ? readValues(value[key], rest) : []
}

/** Returns the first value at these keys as text. Undefined if it is no text and no number. */
export function readScalar(value: unknown, keys: readonly string[]): string | undefined {
  const first = readValues(value, keys).at(0)
  if (typeof first === 'string') return first.trim()
  return typeof first === 'number' || typeof first === 'boolean' ? String(first) : undefined
}

/** Returns the names in a path, without the marks of lists, in lower case and without punctuation. */
export function namesOf({ keys }: Pick<PathNode, 'keys'>): string[] {
  return keys.filter((key) => key !== ITEMS && key !== KEYED).map(simplify)
}

export type EventSample<Event> = ReturnType<typeof createEventSample<Event>>

/**
 * Creates an empty sample of events that does not depend on their order: those whose message ids have the smallest hashes.
 *
 * @param limit how many events are kept
 */
export function createEventSample<Event>(limit: number) {
  const kept = new Map<number, Event>()
  let end = Infinity

  function cutOff(): void {
    const sorted = [...kept.keys()].sort((one, other) => one - other)
    for (const hash of sorted.slice(limit)) kept.delete(hash)
    if (sorted.length >= limit) end = sorted[limit - 1]
  }

  return {
    add(id: string, event: Event): void {
      const { low } = hashId(id)
      if (low > end || kept.has(low)) return
      kept.set(low, event)
      if (kept.size >= 2 * limit) cutOff()
    },
    list(): Event[] {
      cutOff()
      return [...kept].sort(([one], [other]) => one - other).map(([, event]) => event)
    }
  }
}
