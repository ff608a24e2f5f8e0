import { remember, simplify } from '../../core'
import { type Properties, readText } from '../properties'

const SEPARATORS = ['-', '_', ':', '/'] as const

/** The properties of a line that can hold another id of its product. */
const ID_KEY = /(id|sku|code|ean|gtin|upc|asin|mpn|handle|slug|ref|reference|articlenumber|itemnumber)$/

/** Keys of ids of something else, without case and punctuation. */
export const NO_PRODUCT_ID =
  /order|user|customer|vendor|seller|merchant|brand|category|list|cart|coupon|bid|campaign|position|store|session/

const MAX_KEYS = 12

/** Returns the other ids of an order line: cut, and from other properties. */
export function transformLine(product: string, line: Properties = {}): [key: string, id: string][] {
  const cut = cutId(product).map(([key, id]): [string, string] => [`cut ${key}`, id])
  const others = Object.keys(line)
    .filter(mayHoldProductId)
    .slice(0, MAX_KEYS)
    .flatMap((key): [string, string][] => {
      const id = readText(line[key])
      return id === undefined || id === product ? [] : [[`key ${key}`, id]]
    })
  return [...cut, ...others]
}

/** The lines of a shop have the same few keys. */
const mayHoldProductId = remember(1_000, (key) => ID_KEY.test(simplify(key)) && !NO_PRODUCT_ID.test(simplify(key)))

/** Returns the parts of an id before and after its first and its last separator, by the way they were cut. */
export function cutId(id: string): [way: string, part: string][] {
  const parts: [string, string][] = []
  for (const separator of SEPARATORS) {
    const first = id.indexOf(separator)
    const last = first === -1 ? -1 : id.lastIndexOf(separator)
    if (first <= 0 || last === id.length - 1) continue
    parts.push([`before first ${separator}`, id.slice(0, first)], [`after last ${separator}`, id.slice(last + 1)])
    if (first !== last) parts.push([`before last ${separator}`, id.slice(0, last)])
  }
  return parts
}

/** Describes a transformation by its key. */
export function describeTransform(key: string, side: 'ordered' | 'clicked'): string {
  if (key.startsWith('key ')) return `use the property ${key.slice(4)} of each order line`
  const [, where, which, separator] = key.split(' ')
  return `cut the ids of ${side} products ${where} the ${which} "${separator}": keep what is ${where} it`
}
