import { createHash } from 'node:crypto'
import {
  EVENT_OBJECTS,
  isDeeper,
  isEmptyList,
  isObject,
  type JsonObject,
  MAX_EVENT_LEVELS,
  parseJson,
  SEGMENT_EVENT_TYPES
} from '../../core'
import type { TakenEvent } from '../../pipeline'
import { NOT_AN_OBJECT, NOT_JSON } from './text-reader'

/** An event as destinations get it, or the reason why there is none. `hasGeneratedId` is set if the record has no message id. */
type ReadEvent = { ok: true; event: TakenEvent; hasGeneratedId?: true } | { ok: false; reason: string }

/**
 * Reads the JSON text of a record as an event.
 *
 * The time does not change, because Segment corrects it for the sender's clock before it writes an archive. An event
 * without a message id gets a hash of its content, which is the same on every run.
 */
export function toEvent(text: string): ReadEvent {
  const value = parseJson(text)
  // The engine's own message would quote the record.
  if (value === undefined) return { ok: false, reason: NOT_JSON }
  if (!isObject(value)) return { ok: false, reason: NOT_AN_OBJECT }
  const type = SEGMENT_EVENT_TYPES.includes(value.type) ? value.type : inferType(value)
  if (type === undefined) return { ok: false, reason: typeProblem(value) }
  for (const key of EVENT_OBJECTS) {
    const part = value[key]
    if (part === undefined) continue
    if (part === null) Reflect.deleteProperty(value, key)
    else if (isEmptyList(part)) value[key] = {}
    else if (!isObject(part)) return { ok: false, reason: `Its "${key}" is not an object.` }
  }
  if (mayBeDeeper(text, MAX_EVENT_LEVELS) && isDeeper(value, MAX_EVENT_LEVELS)) {
    return { ok: false, reason: `It is nested over ${MAX_EVENT_LEVELS} levels deep, which no mapping can read.` }
  }
  const madeId = idOf(value.messageId) === undefined
  const messageId = idOf(value.messageId) ?? makeId(value)
  value.type = type
  value.messageId = messageId
  value.timestamp ??= value.originalTimestamp ?? value.receivedAt
  value.receivedAt ??= value.timestamp
  const event = value as unknown as TakenEvent
  return madeId ? { ok: true, event, hasGeneratedId: true } : { ok: true, event }
}

/** Returns the type that alone has one of the keys. Page and identify calls have no such key. */
function inferType({ type, event, groupId, previousId }: JsonObject): string | undefined {
  if (type !== undefined && type !== null) return undefined
  if (typeof event === 'string' && event.trim() !== '') return 'track'
  if (idOf(groupId) !== undefined) return 'group'
  return idOf(previousId) === undefined ? undefined : 'alias'
}

function typeProblem({ type }: JsonObject): string {
  return type === undefined || type === null
    ? 'It has neither a type nor an event.'
    : `Its "type" is not one of ${SEGMENT_EVENT_TYPES.join(', ')}.`
}

function idOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** Makes an id from the content. The order of the keys does not matter, so another export of the event gets the same id. */
function makeId(value: JsonObject): string {
  const text = JSON.stringify(value, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1))) : part
  )
  return `archive-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
}

/** Tells by its brackets whether a value may be too deep. This is faster than a walk, and nearly all events have few. */
function mayBeDeeper(text: string, levels: number): boolean {
  if (text.length < 2 * levels) return false
  let left = levels
  for (const bracket of ['{', '[']) {
    for (let place = text.indexOf(bracket); place !== -1; place = text.indexOf(bracket, place + 1)) {
      left -= 1
      if (left < 0) return true
    }
  }
  return false
}
