import { createHash } from 'node:crypto'
import { InputError, isObject, readJsonText } from '../core'
import { type Condition, parseCondition } from './filter-language'

/** A destination filter that is switched on. */
export type Filter = {
  title: string
  matches: Condition
  /** The actions for the events that match, in this order. */
  actions: FilterAction[]
}

/** What a destination filter does. */
type FilterAction =
  | { type: 'DROP' }
  /** Delivers a part of the events. The value at the path decides, so all events of a user are treated alike. */
  | { type: 'SAMPLE'; /** From 0 (none) to 1 (all). */ percent: number; path: string }
  | { type: 'ALLOW_PROPERTIES' | 'DROP_PROPERTIES'; fields: FieldsByPath }

/** Keys by the path of the object that has them: `{"properties": ["email"]}`. The path of the event itself is empty. */
type FieldsByPath = Record<string, string[]>

/** The event to deliver, or why it is not delivered. */
export type Filtered<Event> = { ok: true; event: Event } | { ok: false; reason: string }

const TYPES = ['DROP', 'SAMPLE', 'ALLOW_PROPERTIES', 'DROP_PROPERTIES'] as const

const SHAPE =
  'Use the answer of Segment\'s Public API to GET /destinations/{id}/filters: {"data": {"filters": [{"if", "enabled", "actions"}]}}.'

/**
 * Reads destination filters: the answer of Segment's Public API, or only its list. JSON may come as text. Filters that
 * are switched off are omitted.
 *
 * @throws InputError that names the filter, the invalid part, and what to do
 */
export function readFilters(value: unknown): Filter[] {
  const input = readFilterJson(value)
  const data = isObject(input) && isObject(input.data) ? input.data : input
  const list = isObject(data) ? data.filters : data
  if (!Array.isArray(list)) throw new InputError(`These are not filters. ${SHAPE}`)
  return list.flatMap(toFilter)
}

/**
 * Returns the JSON of filters, which may come as text.
 *
 * @throws InputError if the text is not JSON
 */
export function readFilterJson(value: unknown): unknown {
  return typeof value === 'string' ? readJsonText(value, `The filters are not JSON. ${SHAPE}`) : value
}

/**
 * Applies filters to an event, one after another, as Segment does before its mappings see the event. Does not change the
 * event.
 *
 * @returns the event to deliver, without the properties that a filter drops. Or a sentence that says why it is dropped
 */
export function applyFilters<Event extends object>(filters: readonly Filter[], event: Event): Filtered<Event> {
  let left = event
  for (const { title, matches, actions } of filters) {
    if (!matches(left)) continue
    for (const action of actions) {
      if (action.type === 'DROP') return { ok: false, reason: `The filter "${title}" drops it.` }
      if (action.type === 'SAMPLE') {
        if (!isInSample(action, left)) {
          return { ok: false, reason: `The filter "${title}" delivers only a sample of ${action.percent * 100} %.` }
        }
      } else {
        left = filterFields(left, action)
      }
    }
  }
  return { ok: true, event: left }
}

function toFilter(item: unknown, index: number): Filter[] {
  if (!isObject(item)) throw new InputError(`filters[${index}] is not an object. ${SHAPE}`)
  const { if: condition, title, enabled = true, actions } = item
  if (enabled === false) return []
  const name = typeof title === 'string' && title !== '' ? title : `filters[${index}]`
  const where = `The filter "${name}"`
  if (typeof condition !== 'string') throw new InputError(`${where} has no condition in "if". ${SHAPE}`)
  if (!Array.isArray(actions)) throw new InputError(`${where} has no list of "actions". ${SHAPE}`)
  return [
    { title: name, matches: readCondition(condition, where), actions: actions.map((action) => toAction(action, where)) }
  ]
}

function readCondition(text: string, where: string): Condition {
  try {
    return parseCondition(text)
  } catch (error) {
    throw new InputError(
      `${where} has a condition that cannot be parsed: ${text || '(empty)'}. ${(error as Error).message} Correct it, or switch the filter off with "enabled": false.`,
      { cause: error }
    )
  }
}

function toAction(action: unknown, where: string): FilterAction {
  const { type, percent, path, fields } = isObject(action) ? action : {}
  const known = TYPES.find((name) => name === type)
  if (known === undefined) {
    throw new InputError(`${where} has the action "${String(type)}". The actions are: ${TYPES.join(', ')}.`)
  }
  if (known === 'DROP') return { type: known }
  if (known === 'SAMPLE') {
    if (typeof percent !== 'number' || !(percent >= 0 && percent <= 1)) {
      throw new InputError(`${where} has a sample whose "percent" is not a number from 0 to 1.`)
    }
    return { type: known, percent, path: typeof path === 'string' && path !== '' ? path : 'messageId' }
  }
  if (!isObject(fields)) throw new InputError(`${where} has no "fields" for ${known}: {"properties": ["email"]}.`)
  return {
    type: known,
    fields: Object.fromEntries(Object.entries(fields).map(([at, keys]) => [at, toKeys(keys, where)]))
  }
}

/** Reads keys: a list, or an object with a list in `fields`. */
function toKeys(value: unknown, where: string): string[] {
  const list = isObject(value) ? value.fields : value
  if (Array.isArray(list) && list.every((key) => typeof key === 'string')) return list
  throw new InputError(`${where} has "fields" that are not lists of keys: {"properties": ["email"]}.`)
}

/**
 * Tells whether an event is in a sample. Reads the first 64 bits of the value's hash as a fraction of 1, as Segment does.
 *
 * Source: https://github.com/segmentio/tsub-js, sampleConsistentPercent
 */
function isInSample({ percent, path }: { percent: number; path: string }, event: object): boolean {
  if (percent >= 1) return true
  const value = path.split('.').reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), event)
  const digest = createHash('md5')
    .update(value === undefined ? '' : JSON.stringify(value))
    .digest()
  return Number(digest.readBigUInt64BE()) / 2 ** 64 < percent
}

function filterFields<Event extends object>(
  event: Event,
  { type, fields }: { type: 'ALLOW_PROPERTIES' | 'DROP_PROPERTIES'; fields: FieldsByPath }
): Event {
  return Object.entries(fields).reduce<Event>((left, [path, keys]) => {
    const isKept = (key: string): boolean => keys.includes(key) === (type === 'ALLOW_PROPERTIES')
    return changeAt(left, path === '' ? [] : path.split('.'), isKept) as Event
  }, event)
}

/** Copies only the objects on the path, and the objects that change. */
function changeAt(value: unknown, path: string[], isKept: (key: string) => boolean): unknown {
  if (path.length === 0) {
    if (Array.isArray(value)) return value.map((item) => changeAt(item, [], isKept))
    return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => isKept(key))) : value
  }
  const [key, ...rest] = path
  if (!isObject(value) || !Object.hasOwn(value, key)) return value
  return { ...value, [key]: changeAt(value[key], rest, isKept) }
}
