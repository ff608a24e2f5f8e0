/** Copies a payload without what is empty. */
export type CleanPayload = (values: unknown) => unknown

/** The parts of a JSON schema that decide what is empty. */
type Schema = {
  type?: string | readonly string[]
  enum?: unknown
  items?: Schema
  properties?: { [key: string]: Schema }
}

/**
 * Prepares what the framework does between a mapping and the check of its fields: it removes what is undefined, nulls
 * where null is not a type of the field, and empty text where text is not one. Of a list, only whole items are removed.
 *
 * Everything is copied, because the check changes what it checks.
 */
export function createCleanPayload(schema: Schema | undefined): CleanPayload {
  if (!schema || (schema.type === undefined && schema.enum === undefined)) return copy
  const types = new Set(typeof schema.type === 'string' ? [schema.type] : schema.type)
  const isKeptItem = schema.items && createIsKept(schema.items)
  const fields =
    schema.properties &&
    new Map(Object.entries(schema.properties).map(([key, field]) => [key, createCleanPayload(field)]))

  return (value) => {
    if (typeof value !== 'object') return value === '' && !types.has('string') ? undefined : value
    if (value === null) return types.has('null') ? null : undefined
    if (Array.isArray(value)) {
      const items = value.map(copy)
      return isKeptItem ? items.filter(isKeptItem) : items
    }
    if (!fields) return copy(value)
    const cleaned: { [key: string]: unknown } = {}
    for (const key of Object.keys(value)) {
      const clean = fields.get(key) ?? copy
      const part = clean((value as { [key: string]: unknown })[key])
      if (part !== undefined) cleaned[key] = part
    }
    return cleaned
  }
}

/** Tells whether an item of a list stays. Objects and lists always do. */
function createIsKept(schema: Schema): (item: unknown) => boolean {
  if (schema.type === undefined && schema.enum === undefined) return (item) => item !== undefined
  const types = new Set(typeof schema.type === 'string' ? [schema.type] : schema.type)
  return (item) => item !== undefined && (item !== null || types.has('null')) && (item !== '' || types.has('string'))
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
