import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import { InputError, isObject, isReason, type JsonObject } from '../../core'
import { COUNT_OF_STAGE, NO_COUNTS, readFilters, readSavedMappings } from '../../pipeline'
import type { Counts, Delivery, EventLabel, Exchange, Mapping, TakenEvent } from '../../pipeline'
import { parseSnapshot, type Snapshot } from '../../sandbox'
import { readSettings } from '../definition'

/** Distinguishes the file of a state from other JSON. */
export const STATE_FORMAT = 'topsort-workbench-state'

/** Increased when older versions can no longer read the file. */
export const STATE_VERSION = 1

/** The largest file, in bytes. Enough for 10,000 events of the largest size. */
export const MAX_STATE_BYTES = 400_000_000

/** The whole state of a workbench, without keys. Lists are newest last. */
export type WorkbenchState = {
  format: typeof STATE_FORMAT
  version: typeof STATE_VERSION
  /** ISO 8601. */
  savedAt: string
  /** Whether user ids are replaced by pseudonyms. */
  masked: boolean
  counts: Counts
  mappings: Mapping[]
  settings: JSONObject
  /** The destination filters, as they were given. Older versions save none. */
  filters?: unknown
  /** The Segment calls. Entries refer to them by their index in this list. */
  calls: TakenEvent[]
  /** The requests of the destination. Attempts refer to them by their index in this list. */
  exchanges: Exchange[]
  entries: SavedEntry[]
  /** Absent in live mode. */
  sandbox?: Snapshot
}

export type SavedEntry = {
  receivedAt: string
  label: EventLabel | null
  call?: number
  /** The call as the shop sent it, if Segment would refuse it. */
  refused?: JSONObject
  mapping?: Mapping
  delivery?: Delivery
  /** The index among the settled deliveries. Absent while the entry waits for an attempt. */
  settled?: number
  tries: { at: string; duration: number; status: number; message: string; exchanges: number[] }[]
}

/** A valid state, with the snapshot of its sandbox. */
export type CheckedState = { state: WorkbenchState; snapshot?: ReturnType<typeof parseSnapshot> }

const CURE = 'Use a file that GET /workbench/state has answered, unchanged.'

/**
 * Checks a state from outside.
 *
 * @throws InputError that says what is wrong
 */
export function readState(value: unknown, definition: DestinationDefinition<JSONObject>): CheckedState {
  if (!isObject(value) || value.format !== STATE_FORMAT) {
    throw new InputError(`This is not the state of a workbench. ${CURE}`)
  }
  if (value.version !== STATE_VERSION) {
    throw new InputError(
      `This state has the version ${String(value.version)}, and this workbench reads version ${STATE_VERSION}. Open it with the version of the project that saved it.`
    )
  }
  const { counts, mappings, settings, filters = [], calls, exchanges, entries, sandbox } = value
  const places = { calls: readList(calls, 'calls').length, exchanges: readList(exchanges, 'exchanges').length }
  readList(calls, 'calls').forEach((call, index) => {
    if (typeof call.messageId !== 'string') throw broken(`calls[${index}] has no messageId`)
  })
  readList(exchanges, 'exchanges').forEach((exchange, index) => {
    if (!isObject(exchange.request)) throw broken(`exchanges[${index}] has no request`)
  })
  readList(entries, 'entries').forEach((entry, index) => {
    const problem = problemOfEntry(entry, places)
    if (problem) throw broken(`entries[${index}] ${problem}`)
  })
  if (!isObject(counts) || !Object.keys(NO_COUNTS).every((key) => Number.isInteger(counts[key])))
    throw broken('counts are incomplete')
  readFilters(filters)
  const state = {
    ...(value as WorkbenchState),
    mappings: readSavedMappings(mappings, definition),
    settings: readSettings(settings, definition),
    filters
  }
  return sandbox === undefined ? { state } : { state, snapshot: readSnapshot(sandbox) }
}

function problemOfEntry(entry: JsonObject, places: { calls: number; exchanges: number }): string | undefined {
  const { receivedAt, label, call, mapping, delivery, settled, tries } = entry as Partial<
    Record<keyof SavedEntry, unknown>
  >
  if (typeof receivedAt !== 'string') return 'has no receivedAt'
  if (label !== null && !(isObject(label) && typeof label.messageId === 'string')) return 'has no label'
  if (call !== undefined && !isPlace(call, places.calls)) return 'refers to a call that is missing'
  if (mapping !== undefined && !(isObject(mapping) && typeof mapping.name === 'string')) return 'has an invalid mapping'
  if (delivery !== undefined && !isDelivery(delivery)) return 'has an invalid delivery'
  if (settled !== undefined && !Number.isInteger(settled)) return 'has no place among the deliveries'
  const known =
    Array.isArray(tries) &&
    tries.every(
      (item) =>
        isObject(item) &&
        typeof item.at === 'string' &&
        Array.isArray(item.exchanges) &&
        item.exchanges.every((place) => isPlace(place, places.exchanges))
    )
  return known ? undefined : 'has invalid tries'
}

function isDelivery(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.hasOwn(COUNT_OF_STAGE, String(value.stage)) &&
    typeof value.status === 'number' &&
    typeof value.ok === 'boolean' &&
    typeof value.message === 'string' &&
    // Older versions save no reasons.
    (value.reason === undefined || isReason(value.reason)) &&
    isSent(value.sent) &&
    Number.isInteger(value.attempts)
  )
}

/** The lists of events that are sent to Topsort. */
const EVENT_LISTS = ['impressions', 'clicks', 'purchases', 'pageviews']

/** Keys of an event whose value is text. */
const TEXT_KEYS = ['id', 'occurredAt', 'opaqueUserId', 'resolvedBidId']

/** Returns whether a value can be what was sent. Each Topsort event has its ids and its time as text. */
function isSent(value: unknown): boolean {
  if (!isObject(value)) return true
  const events = EVENT_LISTS.flatMap((type): unknown[] => [value[type] ?? []].flat())
  return events.every((event) => isObject(event) && TEXT_KEYS.every((key) => isTextOrAbsent(event[key])))
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

function isPlace(value: unknown, length: number): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < length
}

function readSnapshot(value: unknown): ReturnType<typeof parseSnapshot> {
  try {
    return parseSnapshot(value)
  } catch (error) {
    throw broken((error as Error).message, error)
  }
}

function readList(value: unknown, name: string): JsonObject[] {
  if (Array.isArray(value) && value.every(isObject)) return value
  throw broken(`"${name}" is not a list of objects`)
}

/** Returns the error of a state that has this problem. */
export function broken(problem: string, cause?: unknown): InputError {
  return new InputError(`This state is broken: ${problem}. ${CURE}`, { cause })
}
