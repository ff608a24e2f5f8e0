import type { JSONObject } from '@segment/actions-core'
import type { Read, Reader } from './compile-mapping'
import { createFieldCompiler, isKnown, type Schema, typesOf } from './compile-value'

/**
 * Makes the payload of an action from an event. Changes nothing of the event.
 *
 * `isValid` is false if the framework has to check the payload, because a value may not fit its field.
 *
 * @throws Error if a directive of the mapping cannot be applied to this event
 */
export type MakePayload = (event: object) => { payload: JSONObject; isValid: boolean }

/** Adds values to an object of the payload. */
type Write = (event: object, target: { [key: string]: unknown }) => void

/**
 * Prepares what the framework does between an event and the action. It prepares each value as soon as it is read, so that
 * lists and objects are built only once.
 *
 * @param schema the fields of the action as the framework's JSON schema
 */
export function compilePayload(mapping: Reader, schema: Schema): MakePayload {
  let isValid = true
  const { compile, compileProperties, compileAdd } = createFieldCompiler((value) => {
    isValid = false
    return value
  })

  function compileReader(reader: Reader, field: Schema, isInList: boolean): Read {
    const readParts = isKnown(field) ? compileParts(reader, field, isInList) : undefined
    if (readParts) return readParts
    const { read } = reader
    const prepare = compile(field, isInList)
    return (event) => prepare(read(event))
  }

  /** Returns undefined if the value has to be read as a whole. */
  function compileParts(reader: Reader, field: Schema, isInList: boolean): Read | undefined {
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

  /** @param objects their values make one object. Those of later ones win */
  function compileObjects(objects: Reader[], { properties = {}, required = [] }: Schema, isInList: boolean): Read {
    const schemas = new Map(Object.entries(properties))
    const prepares = compileProperties(schemas, isInList)

    function compileWrite(reader: Reader): Write {
      if (reader.kind !== 'object') {
        const { read } = reader
        return (event, target) => {
          const values = read(event)
          if (values === undefined || values === null) return
          for (const key of Object.keys(values)) {
            const prepare = prepares.get(key)
            if (prepare) set(target, key, prepare((values as { [key: string]: unknown })[key]))
          }
        }
      }
      const parts = reader.fields.map(({ key, reader }) => {
        const schema = schemas.get(key)
        if (schema) return { key, read: compileReader(reader, schema, isInList) }
        // The framework drops other values. They are read all the same, because that may fail.
        const prepare = prepares.get(key) ?? (() => undefined)
        return { key, read: (event: object) => prepare(reader.read(event)) }
      })
      return (event, target) => {
        for (const { key, read } of parts) set(target, key, read(event))
      }
    }

    const writes = objects.map(compileWrite)
    return (event) => {
      const target: { [key: string]: unknown } = {}
      for (const write of writes) write(event, target)
      for (const key of required) if (target[key] === undefined) isValid = false
      return target
    }
  }

  function compileList(readers: Reader[], item: Schema, isInList: boolean): Read {
    const add = compileAdd(item, isInList)
    return (event) => {
      const items: unknown[] = []
      for (const { read } of readers) add(items, read(event))
      return items
    }
  }

  function compileItems(
    { readRoot, item }: Extract<Reader, { kind: 'items' }>,
    field: Schema,
    isInList: boolean
  ): Read {
    const readItem = compileReader(item, field.items ?? {}, true)
    const prepareOther = compile(field, isInList)
    return (event) => {
      const root = readRoot(event)
      if (typeof root !== 'object' || root === null) return prepareOther(root)
      return (Array.isArray(root) ? root : [root]).map(readItem)
    }
  }

  const read = compileReader(mapping, schema, false)
  return (event) => {
    isValid = true
    const payload = read(event) as JSONObject
    return { payload, isValid }
  }
}

/** Sets a value, or removes the one that an object before had. */
function set(target: { [key: string]: unknown }, key: string, value: unknown): void {
  if (value !== undefined || target[key] !== undefined) target[key] = value
}
