/** Functions that read scalar values of any type. None of them throws. */

/** What JavaScript and other languages write for a missing value or an object. It identifies nothing. */
const MEANINGLESS = /^(undefined|null|nan|\[object object\])$/i

/** Returns a string, number or boolean as trimmed text. Returns nothing for an empty string or any other value. */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** Returns whether a text stands for a missing value, such as `undefined` or `[object Object]`. */
export function isMeaningless(text: string): boolean {
  return MEANINGLESS.test(text)
}

/** Reads an optional id. Omits values that cannot be an id, such as `true`, and texts that stand for a missing value. */
export function toOptionalId(value: unknown): string | undefined {
  const id = toText(value)
  return id === undefined || id === 'true' || id === 'false' || isMeaningless(id) ? undefined : id
}

/** Returns the texts of a list or of a single value, without the empty ones. */
export function toTexts(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.map(toText).filter((text) => text !== undefined)
}

/** Returns an integer of at least 1, or nothing. Topsort counts positions and pages from 1. `"3"` is 3. */
export function toCount(value: unknown): number | undefined {
  const text = toText(value)
  if (text === undefined || !/^\d+(\.0*)?$/.test(text)) return undefined
  const number = Number(text)
  return number >= 1 && Number.isSafeInteger(number) ? number : undefined
}

/** Returns the matching option. Ignores case and separators: `ADD_TO_CART` is `add-to-cart`. */
export function toChoice<Option extends string>(value: unknown, options: readonly Option[]): Option | undefined {
  const text = toText(value)
  if (text === undefined) return undefined
  const name = simplify(text)
  return options.find((option) => simplify(option) === name)
}

/** Converts a name to lower case, and removes spaces, underscores and hyphens. */
export function simplify(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '')
}
