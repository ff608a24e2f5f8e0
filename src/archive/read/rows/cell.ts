import { isObject, parseJson, toUtc } from '../../../core'

/** Columns whose values are names, even if they look like numbers. */
const NAME_COLUMN = /(?:^|_)(?:id|sku|code|coupon|phone|zip|ean|gtin|upc|barcode)$/i

/** How a missing value is written in CSV. `\N` is that of databases. */
const MISSING = ['', '\\N']

/**
 * Returns the value of a cell as JSON has it. Lists and objects that are JSON text are parsed, because warehouses store
 * them as text.
 *
 * @returns undefined if the cell is empty
 */
export function toValue(cell: unknown): unknown {
  if (cell === null || cell === undefined) return undefined
  if (typeof cell === 'bigint') return Number.isSafeInteger(Number(cell)) ? Number(cell) : String(cell)
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? undefined : cell.toISOString()
  if (ArrayBuffer.isView(cell)) return Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('utf8')
  if (typeof cell === 'string') return parseText(cell)
  if (Array.isArray(cell)) return cell.map((each) => toValue(each) ?? null)
  if (isObject(cell)) return Object.fromEntries(Object.entries(cell).map(([key, part]) => [key, toValue(part)]))
  return cell
}

/**
 * Returns the value of a cell of CSV, which has only text. A number is one only if its text stays the same, and if the
 * column is not that of an id.
 *
 * @returns undefined if the cell is empty
 */
export function fromCsv(cell: unknown, column: string): unknown {
  if (typeof cell !== 'string' || MISSING.includes(cell)) return undefined
  if (cell === 'true') return true
  if (cell === 'false') return false
  if (!/^-?\d/.test(cell)) return toValue(cell)
  const number = Number(cell)
  return String(number) === cell && Number.isFinite(number) && !NAME_COLUMN.test(column) ? number : toValue(cell)
}

/** Returns a time in ISO 8601. A time without a zone is in UTC. Something else than a time stays as it is. */
export function toTime(value: unknown): unknown {
  const time = toUtc(typeof value === 'string' ? value.replace(/ UTC$/, '') : value)
  return Number.isNaN(time) ? value : new Date(time).toISOString()
}

function parseText(text: string): unknown {
  return /^\s*[[{]/.test(text) ? (parseJson(text) ?? text) : text
}
