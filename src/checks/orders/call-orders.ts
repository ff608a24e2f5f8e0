import { isObject } from '../../core'
import type { Money } from '../finding'
import { readNumber, roundAmount } from '../money'
import { type Properties, readText } from '../properties'
import { looksLikePrice, looksLikeProductId } from '../key-names'

/** The objects of GA4 and of shop plug-ins that hold the properties of an order. */
const NESTED = ['ecommerce', 'order', 'cart', 'checkout', 'transaction', 'purchase', 'data']

/** The totals of an order, from the one without taxes and shipping on. */
const TOTALS = ['subtotal', 'revenue', 'value', 'total', 'total_price', 'amount', 'grand_total']

/** Returns the properties, and the objects in them that may hold an order. */
export function listLevels(properties: Properties = {}): { path: string; level: Properties }[] {
  const nested = NESTED.flatMap((key) => {
    const value = properties[key]
    return isObject(value) ? [{ path: `${key}.`, level: value }] : []
  })
  return [{ path: '', level: properties }, ...nested]
}

/** Returns a list of things: a list of objects, or an object whose values are objects, as PHP writes filtered lists. */
export function readList(value: unknown): Properties[] {
  const values = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
  const objects = values.filter(isObject)
  return objects.length === values.length ? objects : []
}

/** Returns the lists of products at one level of the properties, by their key. */
export function listProductLists(level: Properties): { key: string; lines: Properties[] }[] {
  return Object.entries(level).flatMap(([key, value]) => {
    const lines = readList(value)
    return lines.length > 0 && Object.keys(lines[0]).some(looksLikeProductId) ? [{ key, lines }] : []
  })
}

/**
 * Returns what an order is worth, under whatever names it has its lines and prices. Undefined if that cannot be read.
 */
export function readWorth(properties: Properties | undefined): Money | undefined {
  const levels = listLevels(properties).map(({ level }) => level)
  const currency = levels.map(readCurrency).find((text) => text !== undefined) ?? null
  for (const level of levels) {
    for (const { lines } of listProductLists(level)) {
      const amount = lines.reduce((sum, line) => roundAmount(sum + lineAmount(line)), 0)
      if (amount > 0) return { amount, currency }
    }
  }
  for (const level of levels) {
    const total = TOTALS.map((key) => toNumber(level[key])).find((number) => number > 0)
    if (total !== undefined) return { amount: total, currency }
  }
  return undefined
}

/** Returns the currency that the properties name. */
function readCurrency({ currency, currency_code, currencyCode }: Properties): string | undefined {
  return readText(currency) ?? readText(currency_code) ?? readText(currencyCode)
}

function lineAmount(line: Properties): number {
  const { quantity = line.qty } = line
  const key = 'price' in line ? 'price' : Object.keys(line).find(looksLikePrice)
  const count = quantity === undefined || quantity === null ? 1 : toNumber(quantity)
  return key === undefined ? 0 : Math.max(0, toNumber(line[key]) * count)
}

/** Returns a number, or text that is a plain number. Everything else is 0. */
export function toNumber(value: unknown): number {
  const number = readNumber(value)
  return Number.isFinite(number) ? number : 0
}
