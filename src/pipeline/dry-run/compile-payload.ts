import type { JSONObject } from '@segment/actions-core'
import type { ReadValue, MappingReader } from './compile-mapping'
import { addPart, compileAdd, compileProperties, compileValue, isKnown, joinParts, setPart } from './compile-value'
import { typesOf, Unsure } from './compile-value'
import type { Schema } from './compile-value'

/**
 * Makes the payload of an action from an event. Changes nothing of the event. If `isSure` is false, the framework has to
 * check the payload, because a value may not fit its field.
 *
 * @throws Error if a directive of the mapping cannot be applied to this event
 */
export type MakePayload = (event: object) => { payload: JSONObject; isSure: boolean }

/** Reads a value from an event and prepares it for its field. Returns the value, or an `Unsure` one. */
type ReadPrepared = (event: object) => unknown

/** Adds values to an object of the payload. Returns whether they are sure to fit. */
type Write = (event: object, target: { [key: string]: unknown }) => boolean

/**
 * Compiles what the framework does between an event and the action. Each value is prepared as soon as it is read, so that
 * lists and objects are built only once.
 *
 * @param schema the fields of the action as the framework's JSON schema
 */
export function compilePayload(mapping: MappingReader, schema: Schema): MakePayload {
  const read = compileReader(mapping, schema, false)
  return (event) => {
    const payload = read(event)
    return payload instanceof Unsure
      ? { payload: payload.value as JSONObject, isSure: false }
      : { payload: payload as JSONObject, isSure: true }
  }
}

function compileReader(reader: MappingReader, field: Schema, isInList: boolean): ReadPrepared {
  const readParts = isKnown(field) ? compileParts(reader, field, isInList) : undefined
  return readParts ?? compileWhole(reader.read, field, isInList)
}

function compileWhole(read: ReadValue, field: Schema, isInList: boolean): ReadPrepared {
  const prepare = compileValue(field, isInList)
  return (event) => prepare(read(event))
}

/** Returns undefined if the value has to be read as a whole. */
function compileParts(reader: MappingReader, field: Schema, isInList: boolean): ReadPrepared | undefined {
  const types = typesOf(field)
  if (types.has('object') && field.properties && field.additionalProperties === false) {
    if (reader.kind === 'object') return compileObjects([reader], field, isInList)
    if (reader.kind === 'merge') return compileObjects(reader.objects, field, isInList)
  }
  if (types.size === 1 && types.has('array') && field.items) {
    if (reader.kind === 'list') return compileList(reader.items, field.items, isInList)
    // An object is never empty, so no item is removed.
    if (reader.kind === 'items' && reader.item.kind === 'object') return compileItems(reader, field, isInList)
  }
  return undefined
}

/** Compiles objects whose values make one object. Values of later objects win. */
function compileObjects(
  objects: MappingReader[],
  { properties = {}, required = [] }: Schema,
  isInList: boolean
): ReadPrepared {
  const writes = objects.map((reader) =>
    reader.kind === 'object'
      ? compileFields(reader.fields, properties, isInList)
      : compileEntries(reader.read, properties, isInList)
  )
  return (event) => {
    const target: { [key: string]: unknown } = {}
    let isSure = true
    for (const write of writes) isSure = write(event, target) && isSure
    return joinParts(target, isSure && required.every((key) => target[key] !== undefined))
  }
}

/** Compiles an object whose keys are in the mapping. */
function compileFields(
  fields: Extract<MappingReader, { kind: 'object' }>['fields'],
  properties: { [key: string]: Schema },
  isInList: boolean
): Write {
  const parts = fields.map(({ key, reader }) => ({ key, read: compileField(key, reader, properties, isInList) }))
  return (event, target) => {
    let isSure = true
    for (const { key, read } of parts) isSure = setPart(target, key, read(event)) && isSure
    return isSure
  }
}

function compileField(
  key: string,
  reader: MappingReader,
  properties: { [key: string]: Schema },
  isInList: boolean
): ReadPrepared {
  if (Object.hasOwn(properties, key)) return compileReader(reader, properties[key], isInList)
  // The framework drops other fields but the exempt one. They are read all the same, because that may fail.
  const prepare = compileProperties({}, isInList).get(key) ?? (() => undefined)
  return (event) => prepare(reader.read(event))
}

/** Compiles an object whose keys are known only when it is read. */
function compileEntries(read: ReadValue, properties: { [key: string]: Schema }, isInList: boolean): Write {
  const prepares = compileProperties(properties, isInList)
  return (event, target) => {
    const values = read(event)
    if (values === undefined || values === null) return true
    let isSure = true
    for (const key of Object.keys(values)) {
      const prepare = prepares.get(key)
      if (prepare) isSure = setPart(target, key, prepare((values as { [key: string]: unknown })[key])) && isSure
    }
    return isSure
  }
}

function compileList(readers: MappingReader[], item: Schema, isInList: boolean): ReadPrepared {
  const add = compileAdd(item, isInList)
  return (event) => {
    const items: unknown[] = []
    let isSure = true
    for (const { read } of readers) isSure = add(items, read(event)) && isSure
    return joinParts(items, isSure)
  }
}

function compileItems(
  { readRoot, item }: Extract<MappingReader, { kind: 'items' }>,
  field: Schema,
  isInList: boolean
): ReadPrepared {
  const readItem = compileReader(item, field.items ?? {}, true)
  const prepareOther = compileValue(field, isInList)
  return (event) => {
    const root = readRoot(event)
    if (typeof root !== 'object' || root === null) return prepareOther(root)
    const items: unknown[] = []
    let isSure = true
    for (const each of Array.isArray(root) ? (root as object[]) : [root]) {
      isSure = addPart(items, readItem(each)) && isSure
    }
    return joinParts(items, isSure)
  }
}
