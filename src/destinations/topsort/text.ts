/** Reads scalar values, whatever type they arrive as. Nothing here throws. */

/** Returns the text of a string, number or boolean, trimmed, or nothing if it is empty or something else. */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** Returns the texts of a list or of a single value, without the empty ones. */
export function toTexts(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.map(toText).filter((text) => text !== undefined)
}

/** Returns an integer from 1, as Topsort counts positions and pages, or nothing. `"3"` is 3. */
export function toCount(value: unknown): number | undefined {
  const text = toText(value)
  if (text === undefined || !/^\d+(\.0*)?$/.test(text)) return undefined
  const number = Number(text)
  return number >= 1 && Number.isSafeInteger(number) ? number : undefined
}

/** Returns the option that the value names, in any case and with any separator: `ADD_TO_CART` is `add-to-cart`. */
export function toChoice<Option extends string>(value: unknown, options: readonly Option[]): Option | undefined {
  const text = toText(value)
  if (text === undefined) return undefined
  const name = simplify(text)
  return options.find((option) => simplify(option) === name)
}

/** Lower-cases a name and drops spaces, underscores and hyphens. */
export function simplify(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '')
}
