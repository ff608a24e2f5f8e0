import { isObject, type JsonObject } from '../../core/json'
import type { FieldEntry } from '../../workbench/api'

/** The keys and indexes that lead to a value in a mapping, or in what a mapping makes of an event. */
export type Path = readonly (string | number)[]

/** Where the value of a field comes from, as text that somebody can edit. */
export type Source = {
  /** `$.properties.sku`, `$.userId else $.anonymousId`, or a text as it is. Empty if the field is not mapped. */
  text: string
  /**
   * `value`: one value. `list`: a list, whose items have parts. `rest`: parts, and all other values of an object. `json`:
   * directives that only JSON can show. `parts`: nothing but parts.
   */
  kind: 'value' | 'list' | 'rest' | 'json' | 'parts'
}

/** A field of an action, or a part of one, with its place in a mapping. */
export type FieldRow = {
  field: FieldEntry
  /** Names the field in failures: `items.unitPrice`. */
  key: string
  /** Where its value is in the mapping. */
  at: Path
  /** Where its value is in what the mapping makes of an event. For lists, in the first item. */
  valueAt: Path
  source: Source
  value: unknown
  /** Whether paths start at the item of a list. */
  isOfItem: boolean
  /** The parts of an object, or of the items of a list. */
  parts: FieldRow[]
}

/** Stands between paths, the first of which that exists is taken. */
export const ELSE = ' else '

/** The fields that control Segment's batches. Nobody maps them. */
const OWN_TO_SEGMENT = ['batch_size']

/** Lists the fields of an action with their places in a mapping. */
export function listFieldRows(fields: readonly FieldEntry[], mapping: JsonObject): FieldRow[] {
  return fields
    .filter(({ key }) => !OWN_TO_SEGMENT.includes(key))
    .map((field) => toRow(field, mapping, { at: [], valueAt: [], key: '', isOfItem: false }))
}

type Place = Pick<FieldRow, 'at' | 'valueAt' | 'key' | 'isOfItem'>

function toRow(field: FieldEntry, mapping: JsonObject, parent: Place): FieldRow {
  const at = [...parent.at, field.key]
  const value = readIn(mapping, at)
  const source = readSource(value)
  const key = parent.key === '' ? field.key : `${parent.key}.${field.key}`
  const valueAt = [...parent.valueAt, field.key]
  const inner = value === undefined ? [] : findParts(value)
  const isOfItem = parent.isOfItem || source.kind === 'list'
  const place = {
    at: [...at, ...(inner ?? [])],
    valueAt: source.kind === 'list' ? [...valueAt, 0] : valueAt,
    key,
    isOfItem
  }
  const parts = inner && source.kind !== 'value' ? (field.properties ?? []) : []
  return {
    ...{ field, key, at, valueAt, source, value, isOfItem: parent.isOfItem },
    parts: parts.map((part) => toRow(part, mapping, place))
  }
}

/** Returns the way to the object with the parts of a field. Undefined if the value has no parts. */
function findParts(value: unknown): Path | undefined {
  if (!isObject(value)) return undefined
  const directive = directiveOf(value)
  if (directive === undefined) return []
  const inner = value[directive]
  if (directive === '@arrayPath' && Array.isArray(inner)) return isPlain(inner[1]) ? [directive, 1] : undefined
  if (directive === '@if' && isObject(inner)) {
    const parts = inner.else === undefined ? findParts(inner.then) : undefined
    return parts && [directive, 'then', ...parts]
  }
  if (directive !== '@merge' || !isObject(inner) || !Array.isArray(inner.objects)) return undefined
  const index = inner.objects.findIndex(isPlain)
  return index === -1 ? undefined : [directive, 'objects', index]
}

/** Finds the row of a field, such as `items.unitPrice`. */
export function findRow(rows: readonly FieldRow[], key: string): FieldRow | undefined {
  return rows.flatMap((row) => [row, ...row.parts]).find((row) => row.key === key)
}

/** Describes the value of a field in a mapping. */
export function readSource(value: unknown): Source {
  if (value === undefined) return { kind: 'value', text: '' }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return { kind: 'value', text: String(value) }
  }
  if (!isObject(value)) return { kind: 'json', text: JSON.stringify(value) }
  const directive = directiveOf(value)
  if (directive === undefined) return { kind: 'parts', text: '' }
  if (directive === '@template' && typeof value[directive] === 'string')
    return { kind: 'value', text: value[directive] }
  const chain = readChain(value)
  if (chain) return { kind: 'value', text: chain.join(ELSE) }
  const inner = value[directive]
  if (directive === '@arrayPath' && Array.isArray(inner) && typeof inner[0] === 'string') {
    return { kind: 'list', text: inner[0] }
  }
  const rest = findParts(value) && readRest(value)
  return rest === undefined ? { kind: 'json', text: describe(value) } : { kind: 'rest', text: rest }
}

/** Reads `@path`, or the `@if` that takes the first of several paths that exists. */
function readChain(value: unknown): string[] | undefined {
  if (!isObject(value)) return undefined
  if (typeof value['@path'] === 'string') return [value['@path']]
  const { exists, then, else: otherwise } = Object(value['@if']) as JsonObject
  const first = readChain(exists)?.at(0)
  const rest = readChain(otherwise)
  return first !== undefined && rest && JSON.stringify(exists) === JSON.stringify(then) ? [first, ...rest] : undefined
}

function readRest({ '@merge': merge }: JsonObject): string | undefined {
  const { objects } = Object(merge) as { objects?: unknown[] }
  return objects?.flatMap((each) => (isObject(each) && typeof each['@path'] === 'string' ? [each['@path']] : [])).at(0)
}

/** Names what decides about a value that only JSON can show. */
function describe(value: JsonObject): string {
  const { exists } = Object(value['@if']) as JsonObject
  const path = readChain(exists)?.at(0)
  return path === undefined ? JSON.stringify(value) : `if ${path} exists`
}

/**
 * Returns the mapping with another source for a field. An empty text removes the field.
 *
 * @param text as `Source` has it
 */
export function writeSource(mapping: JsonObject, { at, source, value, field }: FieldRow, text: string): JsonObject {
  const typed = text.trim()
  if (typed === '') return writeIn(mapping, at, undefined)
  if (source.kind === 'list') return writeIn(mapping, [...at, '@arrayPath', 0], typed)
  if (source.kind === 'rest') {
    const { objects } = (value as { '@merge': { objects: unknown[] } })['@merge']
    const index = objects.findIndex((each) => isObject(each) && typeof each['@path'] === 'string')
    return writeIn(mapping, [...at, '@merge', 'objects', index], { '@path': typed })
  }
  const isList = field.multiple && field.properties !== undefined && typed.startsWith('$')
  return writeIn(mapping, at, isList ? toList(typed, field) : toValue(typed, field))
}

/** Returns the mapping with a further path for a field, at which a value was found. */
export function addPath(mapping: JsonObject, row: FieldRow, path: string): JsonObject {
  const { kind, text } = row.source
  const isChain = kind === 'value' && text.startsWith('$')
  return writeSource(mapping, row, isChain ? `${text}${ELSE}${path}` : path)
}

function toList(path: string, { default: value }: FieldEntry): unknown {
  const items = Object(value) as { '@arrayPath'?: [unknown, unknown] }
  return { '@arrayPath': [path, items['@arrayPath']?.[1] ?? {}] }
}

function toValue(text: string, { type }: FieldEntry): unknown {
  if (text.startsWith('$')) return toChain(text.split(/\s+else(?:\s+|$)/).filter((path) => path !== ''))
  if (text.includes('{{')) return { '@template': text }
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return ['number', 'integer'].includes(type) && Number.isFinite(Number(text)) ? Number(text) : text
}

function toChain([path, ...others]: string[]): unknown {
  const first = { '@path': path }
  return others.length === 0 ? first : { '@if': { exists: first, then: first, else: toChain(others) } }
}

/** Lists all texts in a mapping that are paths. */
export function listUsedPaths(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('$') ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listUsedPaths) : []
}

/** Reads a value inside of another one. */
export function readIn(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (Object(inner) as JsonObject)[key], value)
}

/** Returns a copy with another value at a path. `undefined` removes it. */
function writeIn(object: JsonObject, path: Path, value: unknown): JsonObject {
  return copyWith(object, path, value) as JsonObject
}

function copyWith(container: unknown, [key, ...rest]: Path, value: unknown): unknown {
  const changed = rest.length === 0 ? value : copyWith((Object(container) as JsonObject)[key], rest, value)
  if (Array.isArray(container)) return container.map((item: unknown, index) => (index === key ? changed : item))
  const entries = { ...(container as JsonObject), [key]: changed }
  return Object.fromEntries(Object.entries(entries).filter(([, each]) => each !== undefined))
}

function directiveOf(value: JsonObject): string | undefined {
  return Object.keys(value).find((key) => key.startsWith('@'))
}

function isPlain(value: unknown): value is JsonObject {
  return isObject(value) && directiveOf(value) === undefined
}
