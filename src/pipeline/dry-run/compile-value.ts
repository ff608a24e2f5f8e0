import type { JSONObject } from '@segment/actions-core'

/** The parts of a JSON schema that are used here. */
export type Schema = {
  type?: string | readonly string[]
  format?: string
  minimum?: number
  maximum?: number
  items?: Schema
  properties?: { [key: string]: Schema }
  additionalProperties?: unknown
  required?: readonly string[]
}

/** Returns the value for a field of the payload, or undefined for none. */
export type Prepare = (value: unknown) => unknown

/** Compiles the fields of a JSON schema. `isInList` says whether a value is in an item of a list, where nothing is removed. */
export type FieldCompiler = {
  /** Returns how the values for a field are prepared. */
  compile: (field: Schema, isInList: boolean) => Prepare
  /** The same for each property of an object that may have no others. */
  compileProperties: (properties: ReadonlyMap<string, Schema>, isInList: boolean) => ReadonlyMap<string, Prepare>
  /** Returns how the item for a value is added to a list. None is added for an empty value. */
  compileAdd: (item: Schema, isInList: boolean) => (items: unknown[], value: unknown) => void
}

/** Everything that this file understands or may ignore. Of a schema with other keys, the framework checks the values. */
const KNOWN_KEYS: ReadonlySet<string> = new Set([
  ...['$schema', 'title', 'description', 'default', 'type', 'format', 'minimum', 'maximum'],
  ...['items', 'properties', 'additionalProperties', 'required']
])

/** The framework keeps this field in any payload. */
export const EXEMPT = 'dynamicAuthSettings'

/** The format of Segment's own times, in which every text is a time. Others are left to the framework. */
const SEGMENT_TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/

/**
 * Prepares what the framework does with the values of a mapping: it removes empty values, converts scalars to the type of
 * their field, and checks them. The framework's check takes several times as long as all of this. Changes nothing of the
 * values.
 *
 * It removes undefined values, null where null is not a type of the field, and empty text where text is not one. Of a list
 * it removes only whole items.
 *
 * @param doubt is called with each value that the framework has to check, because it may not fit its field. Returns it
 */
export function createFieldCompiler(doubt: (value: unknown) => unknown): FieldCompiler {
  function compile(field: Schema, isInList: boolean): Prepare {
    const prepare = compileKnown(field, isInList)
    if (isKnown(field)) return prepare
    return (value) => (value === undefined ? undefined : doubt(prepare(value)))
  }

  function compileKnown(field: Schema, isInList: boolean): Prepare {
    const types = typesOf(field)
    if (types.size === 0) return (value) => doubt(copy(value))
    if (types.size === 1 && types.has('array') && field.items) return compileList(field.items, isInList)
    const prepareText = types.has('string') ? compileText(field) : undefined
    const prepareObject = types.has('object') ? compileObject(field, isInList) : undefined
    const { minimum = -Infinity, maximum = Infinity } = field
    const isNumber = types.has('number')
    const isBoolean = types.has('boolean')
    const isNullable = types.has('null')
    const isTextOnly = types.size === 1 && types.has('string')

    return (value) => {
      if (value === undefined) return undefined
      if (typeof value === 'string') {
        if (prepareText) return prepareText(value)
        return value === '' && !isInList ? undefined : doubt(value)
      }
      if (typeof value === 'number') {
        if (isNumber) return Number.isFinite(value) && value >= minimum && value <= maximum ? value : doubt(value)
        return isTextOnly && prepareText ? prepareText(String(value)) : doubt(value)
      }
      if (typeof value === 'boolean') {
        if (isBoolean) return value
        return isTextOnly && prepareText ? prepareText(String(value)) : doubt(value)
      }
      if (value === null) {
        if (isNullable) return null
        if (!isInList) return undefined
        return isTextOnly && prepareText ? prepareText('') : doubt(null)
      }
      return prepareObject && !Array.isArray(value) ? prepareObject(value) : doubt(copy(value))
    }
  }

  function compileText({ format }: Schema): (text: string) => unknown {
    if (format === undefined || format === 'text') return (text) => text
    if (format === 'date-like') return (text) => (SEGMENT_TIME.test(text) ? text : doubt(text))
    return doubt
  }

  function compileList(item: Schema, isInList: boolean): Prepare {
    const add = compileAdd(item, isInList)
    return (value) => {
      if (value === undefined || (value === null && !isInList) || (value === '' && !isInList)) return undefined
      // The framework makes a list of a single value. Of an object, only at the root.
      if (typeof value === 'object' && !Array.isArray(value)) return doubt(copy(value))
      const items: unknown[] = []
      for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) add(items, each)
      return items
    }
  }

  function compileAdd(item: Schema, isInList: boolean): (items: unknown[], value: unknown) => void {
    const prepareItem = compile(item, true)
    const types = typesOf(item)

    function isEmpty(value: unknown): boolean {
      if (value === undefined) return true
      return types.size > 0 && ((value === null && !types.has('null')) || (value === '' && !types.has('string')))
    }

    return (items, value) => {
      if (isEmpty(value)) {
        if (!isInList) return
        doubt(undefined)
      }
      items.push(prepareItem(value))
    }
  }

  function compileObject(field: Schema, isInList: boolean): (value: object) => unknown {
    const { properties, additionalProperties: others, required = [] } = field
    const isOpen = others === undefined || others === true
    const prepareOther: Prepare = isOpen ? copy : (value) => doubt(copy(value))
    if (!properties) return prepareOther
    const known = compileProperties(new Map(Object.entries(properties)), isInList)

    return (value) => {
      const prepared: JSONObject = {}
      for (const key of Object.keys(value)) {
        // The framework's check drops other fields.
        const prepare = known.get(key) ?? (others === false ? undefined : prepareOther)
        if (!prepare) continue
        const part = prepare((value as { [key: string]: unknown })[key])
        if (part !== undefined) prepared[key] = part as JSONObject[string]
      }
      for (const key of required) if (!(key in prepared)) doubt(undefined)
      return prepared
    }
  }

  function compileProperties(properties: ReadonlyMap<string, Schema>, isInList: boolean): Map<string, Prepare> {
    const known = new Map<string, Prepare>([[EXEMPT, (value) => doubt(copy(value))]])
    for (const [key, part] of properties) known.set(key, compile(part, isInList))
    return known
  }

  return { compile, compileProperties, compileAdd }
}

export function typesOf({ type }: Schema): ReadonlySet<string> {
  return new Set(typeof type === 'string' ? [type] : type)
}

/** Whether all of a schema is understood here. */
export function isKnown(schema: Schema): boolean {
  return Object.entries(schema).every(([key, value]) => value === undefined || KNOWN_KEYS.has(key))
}

/** Copies a value without what is undefined in objects. */
function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copy)
  const copied: { [key: string]: unknown } = {}
  for (const key of Object.keys(value)) {
    const part = copy((value as { [key: string]: unknown })[key])
    if (part !== undefined) copied[key] = part
  }
  return copied
}
