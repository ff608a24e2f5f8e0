import { SEGMENT_TIME } from '../../core'

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

/** A value for a field that may not fit it. Values without this wrapper are sure to fit. `undefined` stands for no value. */
export class Unsure {
  constructor(readonly value: unknown) {}
}

/** Prepares a value for its field. Returns the value, or an `Unsure` one. Changes nothing of the value. */
type Prepare = (value: unknown) => unknown

/** Everything that this file understands or may ignore. The framework checks the values of a schema with other keys. */
const KNOWN_KEYS: ReadonlySet<string> = new Set([
  ...['$schema', 'title', 'description', 'default', 'type', 'format', 'minimum', 'maximum'],
  ...['items', 'properties', 'additionalProperties', 'required']
])

/** The framework keeps this field in any payload. */
export const EXEMPT = 'dynamicAuthSettings'

const sure = (value: unknown): unknown => value
const unsure = (value: unknown): unknown => new Unsure(value)
const unsureCopy = (value: unknown): unknown => new Unsure(copy(value))

function wrapUnless(isSure: boolean, value: unknown): unknown {
  return isSure ? value : new Unsure(value)
}

/**
 * Compiles the schema of a field to a function that does what the framework does with a value of the mapping. It removes
 * undefined values, null if the field does not allow null, and empty text if the field is no text. It converts scalars to
 * the type of the field, and checks them.
 *
 * @param isInList whether the value is in an item of a list. Only whole items are removed there
 */
export function compileValue(field: Schema, isInList: boolean): Prepare {
  const prepare = compileKnown(field, isInList)
  if (isKnown(field)) return prepare
  return (value) => {
    const prepared = prepare(value)
    return value === undefined || prepared instanceof Unsure ? prepared : new Unsure(prepared)
  }
}

function compileKnown(field: Schema, isInList: boolean): Prepare {
  const types = typesOf(field)
  if (types.size === 0) return unsureCopy
  if (types.size === 1 && types.has('array') && field.items) return compileList(field.items, isInList)
  const prepareText = types.has('string') ? compileText(field) : removeEmptyText(isInList)
  const prepareOther = types.size === 1 && types.has('string') ? (value: unknown) => prepareText(String(value)) : unsure
  const prepareNumber = types.has('number') ? compileNumber(field) : prepareOther
  const prepareBoolean = types.has('boolean') ? sure : prepareOther
  const prepareNull = compileNull(types, isInList, prepareText)
  const prepareObject = types.has('object') ? compileObject(field, isInList) : unsureCopy

  return (value) => {
    if (value === undefined) return undefined
    if (typeof value === 'string') return prepareText(value)
    if (typeof value === 'number') return prepareNumber(value)
    if (typeof value === 'boolean') return prepareBoolean(value)
    if (value === null) return prepareNull
    return Array.isArray(value) ? unsureCopy(value) : prepareObject(value)
  }
}

function compileText({ format }: Schema): (text: string) => unknown {
  if (format === undefined || format === 'text') return sure
  // Every text with this format is a valid time. The framework checks other formats.
  if (format === 'date-like') return (text) => wrapUnless(SEGMENT_TIME.test(text), text)
  return unsure
}

function removeEmptyText(isInList: boolean): (text: string) => unknown {
  return (text) => (text === '' && !isInList ? undefined : new Unsure(text))
}

function compileNumber({ minimum = -Infinity, maximum = Infinity }: Schema): (value: number) => unknown {
  return (value) => wrapUnless(Number.isFinite(value) && value >= minimum && value <= maximum, value)
}

function compileNull(types: ReadonlySet<string>, isInList: boolean, prepareText: (text: string) => unknown): unknown {
  if (types.has('null')) return null
  if (!isInList) return undefined
  return types.size === 1 && types.has('string') ? prepareText('') : new Unsure(null)
}

function compileList(item: Schema, isInList: boolean): Prepare {
  const prepareItem = compileValue(item, true)
  const types = typesOf(item)

  function isEmpty(value: unknown): boolean {
    if (value === undefined) return true
    return types.size > 0 && ((value === null && !types.has('null')) || (value === '' && !types.has('string')))
  }

  return (value) => {
    if (value === undefined || (value === null && !isInList) || (value === '' && !isInList)) return undefined
    // The framework makes a list of a single value. Of an object, only at the root.
    if (typeof value === 'object' && !Array.isArray(value)) return unsureCopy(value)
    const items: unknown[] = []
    let isSure = true
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
      const isRemoved = isEmpty(each)
      if (isRemoved && !isInList) continue
      const prepared = prepareItem(each)
      if (isRemoved || prepared instanceof Unsure) isSure = false
      items.push(prepared instanceof Unsure ? prepared.value : prepared)
    }
    return wrapUnless(isSure, items)
  }
}

function compileObject(field: Schema, isInList: boolean): (value: object) => unknown {
  const { properties, additionalProperties: others, required = [] } = field
  const isOpen = others === undefined || others === true
  const prepareOther: Prepare = isOpen ? copy : unsureCopy
  if (!properties) return prepareOther
  const known = new Map<string, Prepare>([[EXEMPT, unsureCopy]])
  for (const [key, part] of Object.entries(properties)) known.set(key, compileValue(part, isInList))

  return (value) => {
    const target: { [key: string]: unknown } = {}
    let isSure = true
    for (const key in value) {
      // The framework's check drops other fields.
      const prepare = known.get(key) ?? (others === false ? undefined : prepareOther)
      const prepared = prepare?.((value as { [key: string]: unknown })[key])
      if (prepared === undefined) continue
      if (prepared instanceof Unsure) isSure = false
      target[key] = prepared instanceof Unsure ? prepared.value : prepared
    }
    return wrapUnless(isSure && required.every((key) => key in target), target)
  }
}

/** Returns the types that a schema allows. Empty if it allows every type. */
function typesOf({ type }: Schema): ReadonlySet<string> {
  return new Set(typeof type === 'string' ? [type] : type)
}

/** Returns whether this file understands all of a schema. */
function isKnown(schema: Schema): boolean {
  return Object.entries(schema).every(([key, value]) => value === undefined || KNOWN_KEYS.has(key))
}

/** Copies a value without the undefined values in objects. */
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
