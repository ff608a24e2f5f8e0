/** Helpers for JSON of unknown shape. Every room except the destination may import this one. It imports nothing. */

/** An object of unknown shape, as JSON has it. */
export type JsonObject = { [key: string]: unknown }

/** Returns whether a value is an object, and neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
