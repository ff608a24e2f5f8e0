import { isObject, listReasons, listOwnCodes, readPlaces } from '../core'
import type { JsonObject, Reason } from '../core'

/** A value of a Segment call that a failure is about. */
export type BlamedValue = {
  /** Where the value is in the call: `properties.products[1].price`. Of a missing value, where it should be inside of. */
  path: string
  /** The key of the value if it is missing, such as `price`. */
  missing?: string
}

/** The fields of the payload that each code is about. Those of lines and products are fields of the item. */
const FIELDS_OF_CODE: Partial<Record<string, readonly string[]>> = {
  about_nothing: ['resolvedBidId', 'productId', 'entity.id'],
  bid_unreadable: ['resolvedBidId'],
  bid_encoded_or_cut: ['resolvedBidId'],
  resolved_bid_id_not_found: ['resolvedBidId'],
  product_id_invalid: ['productId', 'entity.id'],
  product_id_meaningless: ['productId', 'entity.id'],
  id_missing: ['id'],
  id_invalid: ['id'],
  id_meaningless: ['id'],
  user_id_missing: ['opaqueUserId'],
  user_id_invalid: ['opaqueUserId'],
  user_id_meaningless: ['opaqueUserId'],
  time_missing: ['occurredAt'],
  time_invalid: ['occurredAt'],
  invalid_event_time: ['occurredAt'],
  page_id_missing: ['page.pageId'],
  products_missing: ['products'],
  items_missing: ['items'],
  order_without_prices: ['items'],
  click_type_unknown: ['clickType', 'object.clickType'],
  attribution_type_unknown: ['additionalAttribution.type'],
  line_without_product_id: ['productId'],
  line_product_id_meaningless: ['productId'],
  line_quantity_invalid: ['quantity'],
  line_quantity_not_positive: ['quantity'],
  line_price_invalid: ['unitPrice', 'lineTotal'],
  line_price_ambiguous: ['unitPrice', 'lineTotal'],
  line_without_price: ['unitPrice', 'lineTotal'],
  line_price_not_positive: ['unitPrice', 'lineTotal'],
  line_amount_incalculable: ['unitPrice', 'lineTotal']
}

const MAX_BLAMED = 50

/**
 * Finds the values of a Segment call that made an event fail, or a part of it be left out.
 *
 * @param mapping the directives of the mapping, by field
 * @param call the Segment call
 * @returns an empty list if the reason is not about values of the call
 *
 * @example
 * findBlamed({ code: 'time_invalid', value: '"yesterday"' }, { occurredAt: { '@path': '$.timestamp' } }, { timestamp: 'yesterday' })
 * // [{ path: 'timestamp' }]
 */
export function findBlamed(reason: Reason | undefined, mapping: unknown, call: unknown): BlamedValue[] {
  const found = listReasons(reason).flatMap((each) => {
    const fields = fieldsOf(each)
    const places = readPlaces(each)
    if (fields.length === 0) return []
    if (places.length === 0) return findValue(fields, mapping, call) ?? []
    const list = each.lines === undefined ? 'products' : 'items'
    return places.flatMap((place) => findItemValue({ list, index: place - 1, fields }, mapping, call) ?? [])
  })
  const byPath = new Map(found.map((value) => [value.path, value]))
  return [...byPath.values()].slice(0, MAX_BLAMED)
}

function fieldsOf(reason: Reason): readonly string[] {
  const named = [reason.fields, reason.field].flat().filter((field) => typeof field === 'string')
  return named.length > 0 ? named : listOwnCodes(reason).flatMap((code) => FIELDS_OF_CODE[code] ?? [])
}

/** Finds the first value that a mapping reads for one of the fields. If there is none, finds where it should be. */
function findValue(fields: readonly string[], mapping: unknown, call: unknown): BlamedValue | undefined {
  const paths = fields.flatMap((field) => listPaths(descend(mapping, field.split('.'))))
  return choosePath(paths, call)
}

type Item = { list: 'items' | 'products'; index: number; fields: readonly string[] }

function findItemValue({ list, index, fields }: Item, mapping: unknown, call: unknown): BlamedValue | undefined {
  const directive = isObject(mapping) ? mapping[list] : undefined
  const [source, item] = findArrayPath(directive) ?? [directive, undefined]
  const listPath = listPaths(source).find((path) => Array.isArray(readPath(call, path)))
  if (listPath === undefined) return undefined
  const path = `${listPath}[${index}]`
  const value = choosePath(
    fields.flatMap((field) => (item === undefined ? [field] : listPaths(descend(item, field.split('.'))))),
    readPath(call, path)
  )
  if (!value || value.missing !== undefined) return { path, missing: value?.missing ?? fields[0] }
  return { path: `${path}.${value.path}` }
}

/** Returns the first path with a value, or else the object that the last path is in. */
function choosePath(paths: string[], call: unknown): BlamedValue | undefined {
  const present = paths.find((path) => readPath(call, path) !== undefined)
  if (present !== undefined) return { path: present }
  const parents = paths.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('.'))))
  const parent = parents.find((path) => path !== '' && isObject(readPath(call, path)))
  return paths.length > 0 ? { path: parent ?? '', missing: paths[0].slice(paths[0].lastIndexOf('.') + 1) } : undefined
}

/** Finds the directive of a field of an object. Without one, the directive of the object is returned. */
function descend(directive: unknown, keys: string[]): unknown {
  if (keys.length === 0 || !isObject(directive)) return directive
  const [first, ...rest] = keys
  const inner = Object.hasOwn(directive, first)
    ? directive[first]
    : Object.values(directive)
        .filter(isObject)
        .find((value) => Object.hasOwn(value, first))?.[first]
  return inner === undefined ? directive : descend(inner, rest)
}

function findArrayPath(directive: unknown): unknown[] | undefined {
  if (!isObject(directive)) return undefined
  if (Array.isArray(directive['@arrayPath'])) return directive['@arrayPath'] as unknown[]
  return Object.values(directive).map(findArrayPath).find(Boolean)
}

/** Lists the paths that a directive reads, in their order: those of `@path`, and those in a template. */
function listPaths(directive: unknown): string[] {
  // The list of `@arrayPath` is a path without a directive.
  if (typeof directive === 'string') return directive.startsWith('$.') ? [directive.slice(2)] : []
  if (Array.isArray(directive)) return directive.flatMap(listPaths)
  if (!isObject(directive)) return []
  return Object.entries(directive).flatMap(([key, value]) => {
    if (key === '@template' && typeof value === 'string') {
      return [...value.matchAll(/\{\{\{?\s*([^}\s]+)\s*\}/g)].map(([, path]) => path)
    }
    return listPaths(value)
  })
}

function readPath(value: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>((part, key) => {
      if (typeof part !== 'object' || part === null || !Object.hasOwn(part, key)) return undefined
      return (part as JsonObject)[key]
    }, value)
}
