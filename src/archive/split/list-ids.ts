import { ORDER_IDS } from '../../checks'
import { isObject } from '../../core'
import type { TakenEvent } from '../../pipeline'

/** The ids in an event by which it belongs to a person, and those that persons share. */
export type EventIds = {
  messageId: string
  /** Ids of the person, the anonymous id first. They are trimmed, and may repeat. */
  people: string[]
  bids: string[]
  orders: string[]
}

/** The keys of ids that count only at the top of an event. */
const PERSON_KEYS = ['anonymousId', 'userId', 'previousId'] as const

/**
 * The keys of ids that count everywhere. The checks read orders and bids of the properties and of their products. A mapping
 * may read them from another place.
 */
const KEYS = new Map<string, Exclude<keyof EventIds, 'messageId'>>([
  ['opaqueUserId', 'people'],
  ['resolvedBidId', 'bids'],
  ['resolved_bid_id', 'bids'],
  ...ORDER_IDS.map((name) => [name, 'orders'] as const)
])

/** Lists the ids in an event. */
export function listIds(event: TakenEvent): EventIds {
  const ids: EventIds = { messageId: event.messageId.trim(), people: [], bids: [], orders: [] }
  for (const key of PERSON_KEYS) addId(ids.people, (event as Partial<Record<typeof key, unknown>>)[key])
  addAll(event, ids)
  return ids
}

function addAll(value: unknown, ids: EventIds): void {
  if (Array.isArray(value)) {
    for (const each of value) addAll(each, ids)
  } else if (isObject(value)) {
    for (const key in value) {
      const kind = KEYS.get(key)
      if (!kind || !addId(ids[kind], value[key])) addAll(value[key], ids)
    }
  }
}

/** Adds a value if it may be an id. Returns whether it is no list and no object. */
function addId(ids: string[], value: unknown): boolean {
  const isScalar = typeof value === 'string' || Number.isFinite(value)
  const id = isScalar ? String(value).trim() : ''
  if (id !== '') ids.push(id)
  return isScalar
}
