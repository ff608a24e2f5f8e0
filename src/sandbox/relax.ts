import { isObject, type JsonObject } from '../core'
import { CLICK_TYPES, eventsRequestSchema } from './contract'

/** The parts of a schema of the contract that say which keys a value may have. */
type Shape = {
  type?: unknown
  properties?: Readonly<Record<string, Shape>>
  items?: Shape
  additionalProperties?: unknown
}

/**
 * Omits keys that the contract does not have, and values of `clickType` that it does not list. Topsort's own clients send
 * some, such as `currency` of an order, so Topsort itself may take them.
 *
 * @returns the body without these parts, and a note about each of them
 */
export function relaxEvents(json: unknown): { json: unknown; warnings: string[] } {
  const warnings: string[] = []
  return { json: relax(json, eventsRequestSchema, '', warnings), warnings }
}

function relax(value: unknown, shape: Shape, path: string, warnings: string[]): unknown {
  if (Array.isArray(value)) {
    const { items } = shape
    return items ? value.map((item, index) => relax(item, items, `${path}[${index}]`, warnings)) : (value as unknown)
  }
  if (!isObject(value) || !shape.properties) return value
  const known: JsonObject = {}
  for (const [key, part] of Object.entries(value)) {
    const place = path === '' ? key : `${path}.${key}`
    const partShape = Object.hasOwn(shape.properties, key) ? shape.properties[key] : undefined
    if (!partShape && shape.additionalProperties === false) warnings.push(`${place} is not a key of the contract`)
    else if (key === 'clickType' && typeof part === 'string' && !CLICK_TYPES.includes(part)) {
      warnings.push(`${place} must be one of ${CLICK_TYPES.join(', ')}`)
    } else known[key] = partShape ? relax(part, partShape, place, warnings) : part
  }
  return known
}
