import { isObject, listProblems, type Reason } from '../../core'
import type { EventObservation } from '../observation'
import { type Properties, readProducts, readText } from '../properties'
import { listLevels, listProductLists, readList, toNumber } from '../orders/call-orders'
import { looksLikePrice, looksLikeProductId, looksLikeUserId } from '../key-names'

/** The field that each of the destination's codes is about. */
const FIELDS: Record<string, string> = {
  about_nothing: 'productId',
  order_without_prices: 'items.unitPrice',
  line_without_price: 'items.unitPrice',
  line_price_invalid: 'items.unitPrice',
  line_price_ambiguous: 'items.unitPrice',
  line_without_product_id: 'items.productId',
  line_product_id_meaningless: 'items.productId',
  product_id_meaningless: 'productId',
  user_id_meaningless: 'opaqueUserId',
  time_invalid: 'occurredAt'
}

/** Returns the field that an event failed for, such as `items.unitPrice`. Empty text if the reason names none. */
export function failedField(reason: Reason | undefined): string {
  if (!reason) return ''
  if (Array.isArray(reason.fields)) return readText(reason.fields[0]) ?? ''
  const problem = listProblems(reason).at(0)
  if (problem === undefined) return FIELDS[reason.code] ?? ''
  const field = FIELDS[problem.code] ?? ''
  return reason.code === 'products_unusable' && field === 'productId' ? 'products.productId' : field
}

/** The form of the values of a field. */
type Form = {
  isName: (key: string) => boolean
  isValue: (value: unknown) => boolean
}

const ID: Form = { isName: looksLikeProductId, isValue: isId }

const FORMS: Record<string, Form> = {
  productId: ID,
  unitPrice: { isName: looksLikePrice, isValue: (value) => toNumber(value) > 0 },
  opaqueUserId: { isName: looksLikeUserId, isValue: isId },
  vendorId: { isName: (key) => /vendor|seller|merchant|brand|supplier/i.test(key), isValue: isId }
}

/**
 * Finds keys of a call that hold a value which a field lacks: their names are like that of the field, and their values
 * have its form.
 *
 * @param field as `failedField` returns it
 * @returns paths in the properties, such as `productID` or `products[].unit_price`
 */
export function findSiblings({ properties = {} }: EventObservation['event'], field: string): string[] {
  if (field === 'items' || field === 'products') return findLists(properties)
  const [list, name = list] = field.split('.')
  const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined
  if (!form) return []
  if (list === name) {
    return listLevels(properties).flatMap(({ path, level }) => findKeys([level], form).map((key) => `${path}${key}`))
  }
  const found = listLevels(properties).flatMap(({ path, level }) =>
    listProductLists(level).map(({ key, lines }) => ({ path: `${path}${key}`, lines }))
  )
  const lists = found.length > 0 ? found : [{ path: 'products', lines: readProducts(properties) }]
  return lists.flatMap(({ path, lines }) => findKeys(lines, form).map((key) => `${path}[].${key}`))
}

/** Returns the paths of lists of products. */
function findLists(properties: Properties): string[] {
  return listLevels(properties).flatMap(({ path, level }) => {
    const named = listProductLists(level).map(({ key }) => key)
    const keys = named.length > 0 ? named : Object.keys(level).filter((key) => readList(level[key]).length > 0)
    return keys.map((key) => `${path}${key}`)
  })
}

const MAX_KEY_LENGTH = 60

/** Returns the keys of objects that have a value of this form, or an object with such a value, as `brand.name`. */
function findKeys(objects: readonly Properties[], { isName, isValue }: Form): string[] {
  const keys = new Set<string>()
  for (const object of objects) {
    for (const [key, value] of Object.entries(object)) {
      if (key.length > MAX_KEY_LENGTH || !isName(key)) continue
      if (isValue(value)) keys.add(key)
      else if (isObject(value)) for (const inner of listInner(value, isValue)) keys.add(`${key}.${inner}`)
    }
  }
  return [...keys]
}

/** The usual names of the value in an object that stands for one. */
const INNER = ['id', 'value', 'amount', 'name', 'sku', 'code']

function listInner(value: Properties, isValue: Form['isValue']): string[] {
  return INNER.filter((key) => isValue(value[key])).slice(0, 1)
}

function isId(value: unknown): boolean {
  return looksLikeId(readText(value) ?? '')
}

/** Ids have no spaces, and are not the text of a missing value. */
export function looksLikeId(text: string): boolean {
  return text !== '' && text.length <= 100 && !/\s|^(undefined|null|nan|0)$|^https?:|^\[object/i.test(text)
}
