import { isDeepStrictEqual } from 'node:util'
import { isObject } from '../core'

/** Returns whether two values mean the same. Text and number do, and so do a value and a list of only that value. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]))
  }
  if (Array.isArray(one)) return one.length === 1 && isSame(one[0], other)
  if (Array.isArray(other)) return other.length === 1 && isSame(one, other[0])
  if (isScalar(one) && isScalar(other)) return isSameScalar(one, other)
  return isDeepStrictEqual(one, other)
}

/** Returns whether two values are text, numbers or booleans that mean the same. */
export function isSameScalar(one: unknown, other: unknown): boolean {
  return isScalar(one) && isScalar(other) && String(one) === String(other)
}

/** Returns whether a value is empty: missing, text of spaces, or a list or object with only empty values. */
export function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.every(isBlank)
  if (isObject(value)) return Object.values(value).every(isBlank)
  return value === undefined || value === null
}

/** Returns the text of a scalar. Any other value has no text, because its `toString` may be no function. */
export function textOfScalar(value: unknown): string {
  return isScalar(value) ? String(value) : ''
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
